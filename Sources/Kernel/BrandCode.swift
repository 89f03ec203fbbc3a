/// The short text key of a brand: metric label and prefix of outbound provider accounts (`{brand_code}_{account}`).
///
/// Always 1 to 32 characters, lower-case letters and digits, a letter first. There is no underscore in it, so that the
/// first underscore of an outbound account ends the brand code and the account can be parsed back.
package struct BrandCode: Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init?(_ text: some StringProtocol) {
    let bytes = text.utf8
    guard let first = bytes.first, (0x61...0x7A).contains(first), bytes.count <= Limits.brandCodeCharactersMax else { return nil }
    guard bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }) else { return nil }
    self.rawValue = String(text)
  }

  package var description: String { rawValue }
}
