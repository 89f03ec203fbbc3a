/// `brand-global: <reason>` in a comment: somebody decided that a statement needs no brand, and says why (S0-CLS-06).
package struct BrandMarker: Hashable, Sendable {
  /// What kind of statement the reason speaks of, by its first words: `scheduled task: the outbox worker asks every brand`.
  package enum Category: String, CaseIterable, Sendable {
    case resolverHelper = "resolver helper"
    case scheduledTask = "scheduled task"
    case brandGlobalTable = "brand-global table"
    case adminView = "admin view across brands"
    case migration = "migration"
    case test = "test"
    case other = "other"
  }

  package let category: Category
  package let reason: String

  private static let sign = "brand-global:"

  init(category: Category, reason: String) {
    self.category = category
    self.reason = reason
  }

  /// From the text of a comment. A marker without a reason is none.
  init?(comment: String) {
    guard let sign = comment.range(of: Self.sign) else { return nil }
    let reason = comment[sign.upperBound...].trimmingSpace()
    guard reason.contains(where: \.isLetter) else { return nil }
    self.reason = reason
    category = Category.allCases.first { reason.lowercased().hasPrefix($0.rawValue) } ?? .other
  }

  /// The first marker among the comment lines of a text in SQL.
  static func inSQL(_ text: Substring) -> BrandMarker? {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let dashes = line.range(of: "--") else { continue }
      if let marker = BrandMarker(comment: String(line[dashes.upperBound...])) { return marker }
    }
    return nil
  }
}

extension StringProtocol {
  func trimmingSpace() -> String {
    let head = drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }

  /// The first occurrence, without Foundation.
  func range(of other: String) -> Range<Index>? {
    guard let first = other.first else { return nil }
    var start = startIndex
    while let found = self[start...].firstIndex(of: first) {
      if self[found...].hasPrefix(other) { return found..<index(found, offsetBy: other.count) }
      start = index(after: found)
    }
    return nil
  }
}
