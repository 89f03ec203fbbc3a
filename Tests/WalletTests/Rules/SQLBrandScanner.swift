import Foundation

/// Finds SQL in Swift sources that touches tables of a brand without naming the brand. No parser of SQL: it counts, for each text literal,
/// the tables that it reads or changes and the brand predicates that it carries.
enum SQLBrandScanner {
  /// What is wrong with the SQL of a source, one line each.
  static func faults(in source: String, file: String) -> [String] {
    let texts = literals(in: source).filter { $0.firstMatch(of: table) != nil || $0.firstMatch(of: insert) != nil }
    guard !texts.isEmpty else { return [] }
    var faults = texts.compactMap { text in fault(in: text).map { "\(file): \($0): \(text.prefix(80))" } }
    if source.contains("BrandID?") { faults.append("\(file): SQL beside an optional brand") }
    return faults
  }

  /// A function that is asked isn't a table. An outbox' table has its whole name in a constant.
  nonisolated(unsafe) private static let table =
    /\b(?:FROM|JOIN|UPDATE|DELETE FROM)\s+(?:(?:wallet|cordon)\.(?:\w+\b(?!\()|\\\(unsafe: \w+\))|\\\(unsafe: table\.name\))/
  nonisolated(unsafe) private static let insert = /\bINSERT INTO\s+(?:wallet|cordon)\.\w+\s*\(/
  nonisolated(unsafe) private static let insertOfBrand = /\bINSERT INTO\s+(?:wallet|cordon)\.\w+\s*\(brand_id\b/
  /// The brand as a bind (also behind an alias, where `\b` sees no boundary).
  nonisolated(unsafe) private static let predicate = /brand_id = \\\((?:brand|transaction\.brand|plan\.brand\.id)\)/
  /// A brand predicate that may not apply.
  nonisolated(unsafe) private static let conditional = /\\\(brand\)(?:::bigint)? IS NULL|brand_id = coalesce|OR (?:\w+\.)?brand_id/

  private static func fault(in text: String) -> String? {
    if text.firstMatch(of: conditional) != nil { return "a conditional brand predicate" }
    if text.matches(of: insert).count != text.matches(of: insertOfBrand).count { return "an INSERT that doesn't begin with brand_id" }
    let tables = text.matches(of: table).count
    return text.matches(of: predicate).count < tables ? "\(tables) tables, fewer brand predicates" : nil
  }

  /// The text literals of a source, those over several lines first taken out.
  private static func literals(in source: String) -> [String] {
    let blocks = source.matches(of: /"""\n([\s\S]*?)"""/).map { String($0.output.1) }
    let rest = source.replacing(/"""\n[\s\S]*?"""/, with: "")
    let lines = rest.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
    return blocks + lines.flatMap { line in line.matches(of: /"((?:[^"\\]|\\.)*)"/).map { String($0.output.1) } }
  }
}
