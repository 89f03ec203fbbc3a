import Foundation
import Testing

/// A statement as a store of the product has it, and what its interpolations stand for in a test.
struct UnboundStatement: Sendable, CustomTestStringConvertible {
  /// Below `Sources/`.
  let path: String
  /// How its literal begins in the source.
  let beginning: String
  /// The table whose rows it is about.
  let table: String
  /// SQL in place of each interpolation.
  let values: [String: String]

  init(_ path: String, _ beginning: String, on table: String, _ values: [String: String] = [:]) {
    self.path = path
    self.beginning = beginning
    self.table = table
    self.values = values
  }

  var testDescription: String { "\(path.split(separator: "/").last ?? ""): \(beginning)" }

  /// The statement with its brand predicate, as that brand's transaction would send it.
  func bound(to brand: Int) throws -> String {
    let text = try source()
    return try filled(text.replacing(Self.predicate) { "\($0.output.1)brand_id = \(brand)" })
  }

  /// The statement with every brand predicate taken out.
  func unbound() throws -> String {
    let text = try source()
    let stripped = text.replacing(Self.predicate) { _ in "true" }
    #expect(stripped != text, "there is no brand predicate to take out")
    #expect(!stripped.contains(/brand_id = [^a-z]/) && !stripped.contains("brand_id IN"), "\(stripped)")
    return try filled(stripped)
  }

  /// `t.brand_id = \(transaction.brand)`.
  private static var predicate: Regex<(Substring, Substring)> { /((?:\w+\.)?)brand_id = \\\([\w.]+\)/ }
  private static var interpolation: Regex<(Substring, Substring)> { /\\\(((?:[^()]|\([^()]*\))*)\)/ }

  private func filled(_ text: String) throws -> String {
    try text.replacing(Self.interpolation) { match in
      try #require(values[String(match.output.1)], "\(match.output.1) has no value in the test")
    }
  }

  /// The literal's text, which is the statement.
  private func source() throws -> String {
    let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let text = try String(contentsOfFile: "/\(folder)/Sources/\(path)", encoding: .utf8)
    let range = try #require(text.firstRange(of: beginning), "the source has no such statement any more")
    let isBlock = text[..<range.lowerBound].reversed().drop(while: \.isWhitespace).starts(with: "\"\"\"")
    let rest = text[range.lowerBound...]
    let end = try #require(rest.firstRange(of: isBlock ? "\"\"\"" : "\""))
    return String(rest[..<end.lowerBound])
  }
}
