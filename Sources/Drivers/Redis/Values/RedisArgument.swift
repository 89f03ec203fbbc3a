/// One word of a command: bytes, which Redis takes as they are.
package struct RedisArgument: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral
{
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The text in UTF-8.
  package init(_ text: String) { self.bytes = Array(text.utf8) }

  /// The number in decimal digits, which is how Redis takes numbers.
  package init(_ number: some BinaryInteger) { self.init(String(number)) }

  package init(stringLiteral text: String) { self.init(text) }

  package init(integerLiteral number: Int64) { self.init(number) }
}
