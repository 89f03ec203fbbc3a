internal import Platform

/// A thing that never existed, of the form of one that does. Pure.
enum IsolationAbsence {
  /// Far beyond what any counter has reached.
  private static let number: Int64 = 8_000_000_000_000_000
  private static let tail = 12

  /// - Parameter turn: makes the thing of one question another than that of the next.
  static func like(_ value: JSONValue, turn: Int = 0) -> JSONValue {
    switch value {
    case .number: .integer(number + Int64(turn))
    case .string(let text): .string(changed(text, by: UInt8(turn % 9) + 1))
    case .null, .boolean, .array, .object: value
    }
  }

  /// Other digits at the end; where there are none, other letters. The form stays: a UUID is a UUID, a token has its length.
  private static func changed(_ text: String, by turn: UInt8) -> String {
    var bytes = Array(text.utf8)
    let end = max(0, bytes.count - tail)..<bytes.count
    let digits = end.filter { (0x30...0x39).contains(bytes[$0]) }
    for index in digits { bytes[index] = 0x30 + (bytes[index] - 0x30 + turn) % 10 }
    guard digits.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
    for index in end where (0x61...0x7A).contains(bytes[index]) { bytes[index] = 0x61 + (bytes[index] - 0x61 + turn) % 26 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
