/// Reading a reply as what its command is documented to answer.
extension RedisValue {
  func surprise(from command: String) -> RedisError {
    let shape =
      switch self {
      case .string: "bytes"
      case .status: "a status"
      case .integer: "an integer"
      case .array: "an array"
      case .null: "null"
      case .error: "an error"
      }
    return RedisError(.protocolViolation, "\(command) was answered with \(shape) of an unexpected form.")
  }

  func number(from command: String) throws(RedisError) -> Int64 {
    guard let integer else { throw surprise(from: command) }
    return integer
  }

  func count(from command: String) throws(RedisError) -> Int { Int(try number(from: command)) }

  func optionalBytes(from command: String) throws(RedisError) -> [UInt8]? {
    if self == .null { return nil }
    guard let bytes else { throw surprise(from: command) }
    return bytes
  }

  func string(from command: String) throws(RedisError) -> String {
    guard let text else { throw surprise(from: command) }
    return text
  }

  func list(from command: String) throws(RedisError) -> [RedisValue] {
    if self == .null { return [] }
    guard let array else { throw surprise(from: command) }
    return array
  }

  /// An array of alternating names and values, as XINFO answers; names that aren't text are left out.
  func dictionary(from command: String) throws(RedisError) -> [String: RedisValue] {
    let list = try list(from: command)
    var dictionary: [String: RedisValue] = [:]
    for index in stride(from: 0, to: list.count - 1, by: 2) {
      if let name = list[index].text { dictionary[name] = list[index + 1] }
    }
    return dictionary
  }
}
