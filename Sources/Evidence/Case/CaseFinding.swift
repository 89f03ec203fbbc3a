/// One thing that is wrong with a case folder itself. What is wrong in its bundles are ``Finding``s.
package struct CaseFinding: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable (`docs/formats/case.md`).
  package enum Code: String, CaseIterable, Sendable {
    case untrusted
    case badManifest = "bad_manifest"
    case fileMissing = "file_missing"
    case fileChanged = "file_changed"
    case fileExtra = "file_extra"

    package var meaning: String {
      switch self {
      case .untrusted: "no key that you trust, or that one of those vouches for, signed the manifest"
      case .badManifest: "these bytes aren't a manifest of a case folder"
      case .fileMissing: "the file is missing"
      case .fileChanged: "manifest mismatch: the file is not the one that was preserved"
      case .fileExtra: "something stands here that was not preserved"
      }
    }
  }

  package let code: Code
  package let path: String

  package init(_ code: Code, _ path: String) {
    self.code = code
    self.path = path
  }

  package var description: String { "\(ReportText.harmless(path)): \(code.meaning) (\(code.rawValue))" }
}
