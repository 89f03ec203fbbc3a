/// A JSON value as ``JSONDocument`` read it. Members keep their order; numbers keep their digits.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// The literal as it was written: no rounding happened yet.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }
}
