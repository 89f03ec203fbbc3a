/// One value beside a statement, in the form in which it travels.
package struct PostgresBind: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case null
    case binary([UInt8])
    /// Characters for the server's input function, which also serves types that this driver doesn't know.
    case text(String)
    /// The value has no form in PostgreSQL; the text says why. The statement fails before anything is sent.
    case refused(String)
  }

  let type: PostgresType
  let content: Content

  init(_ type: PostgresType, _ content: Content) {
    self.type = type
    self.content = content
  }

  package static func binary(_ type: PostgresType, _ bytes: [UInt8]) -> PostgresBind { PostgresBind(type, .binary(bytes)) }

  package static func null(_ type: PostgresType) -> PostgresBind { PostgresBind(type, .null) }

  /// PostgreSQL holds no NUL character in any text, and the protocol's text form would end at it.
  package static func text(_ text: String, type: PostgresType = .unspecified) -> PostgresBind {
    text.utf8.contains(0) ? PostgresBind(type, .refused("text holds a NUL character")) : PostgresBind(type, .text(text))
  }

  static func integer<I: FixedWidthInteger>(_ type: PostgresType, _ value: I) -> PostgresBind {
    binary(type, withUnsafeBytes(of: value.bigEndian) { Array($0) })
  }
}
