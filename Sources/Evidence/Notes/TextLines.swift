internal import Kernel

/// Reads a text of lines in a fixed order, each ended by a line feed.
struct TextLines {
  private var rest: ArraySlice<Substring.UnicodeScalarView>
  private let subject: String

  /// - Parameter subject: what the text is, for the fault.
  init(_ text: [UInt8], of subject: String) throws(NoteFault) {
    guard text.last == UInt8(ascii: "\n"), let string = String(validating: text, as: UTF8.self) else {
      throw NoteFault("\(subject) is UTF-8 that ends in a line feed")
    }
    rest = string.unicodeScalars.dropLast().split(separator: "\n", omittingEmptySubsequences: false)[...]
    self.subject = subject
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func next(_ name: String) throws(NoteFault) -> String {
    guard let line = rest.popFirst() else { throw NoteFault("\(subject) has no \(name)") }
    return String(line)
  }

  mutating func fixed(_ line: String) throws(NoteFault) {
    guard try next(line).utf8.elementsEqual(line.utf8) else { throw NoteFault("\(subject) has another line than \(line)") }
  }

  /// The value of a line `<name> <value>`.
  mutating func value(_ name: String) throws(NoteFault) -> String {
    let line = try next(name)
    guard line.utf8.starts(with: "\(name) ".utf8) else { throw NoteFault("\(subject) has another line than \(name)") }
    return String(line.unicodeScalars.dropFirst(name.unicodeScalars.count + 1))
  }

  mutating func number(_ name: String) throws(NoteFault) -> Int64 {
    guard let number = Decimal64.parse(try value(name)) else { throw NoteFault("\(name) of \(subject) isn't a number") }
    return number
  }

  func end() throws(NoteFault) {
    guard isAtEnd else { throw NoteFault("\(subject) goes on after its end") }
  }

  /// What is left, a line each.
  mutating func remaining() -> [String] {
    defer { rest = [] }
    return rest.map { String($0) }
  }
}
