/// A file that the audit reads.
package struct AuditFile: Hashable, Sendable {
  package enum Language: Hashable, Sendable { case swift, sql, shell }

  /// From the root of the checkout.
  package let path: String
  package let text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  package var language: Language? {
    let name = path.split(separator: "/").last ?? ""
    if name.hasSuffix(".swift") { return .swift }
    if name.hasSuffix(".sql") || name.hasSuffix(".pgbench") { return .sql }
    if name.hasSuffix(".sh") || name.hasSuffix(".bats") || name == "Makefile" || text.hasPrefix("#!") { return .shell }
    return nil
  }

  /// Benchmarks prepare and count as tests do; what isn't shipped is a test.
  package var isTest: Bool { path.hasPrefix("Tests/") || path.hasPrefix("benchmarks/") }

  /// The folder that makes it somebody else's code.
  package var legacy: String? {
    let folders: Set<Substring> = [".venv", "site-packages", "node_modules", "vendor", "third_party", "checkouts"]
    return path.split(separator: "/").dropLast().first { folders.contains($0) }.map { "vendor code in \($0)" }
  }
}
