internal import Foundation

/// A password on its way to the hash. Its text shows in no log and no description.
struct Password: Sendable, CustomStringConvertible, CustomReflectable {
  /// In Unicode's form NFKC: the same keys give the same password on every system (NIST SP 800-63B section 5.1.1.2).
  let normalized: String

  init(_ text: String) { normalized = text.precomposedStringWithCompatibilityMapping }

  var description: String { "[password]" }
  var customMirror: Mirror { Mirror(self, children: []) }
}
