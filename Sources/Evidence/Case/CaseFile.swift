internal import Kernel

/// A file of a case folder, by its place in it.
package struct CaseFile: Hashable, Sendable {
  package let path: String
  package let byteCount: Int64
  /// In hexadecimal.
  package let sha256: String

  /// Nil for a place that could lead out of the folder, and a digest that is none.
  package init?(path: String, byteCount: Int64, sha256: String) {
    guard Self.isPlace(path), byteCount >= 0, sha256.utf8.count == 64, let digest = Hexadecimal.decode(sha256), digest.count == 32 else {
      return nil
    }
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
  }

  /// One or two names, of letters, digits, `.`, `_` and `-`, none of which begins with a dot.
  package static func isPlace(_ path: String) -> Bool {
    let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return (1...2).contains(names.count)
      && names.allSatisfy { name in
        (1...128).contains(name.count) && name.first != UInt8(ascii: ".") && name.allSatisfy(isPlain)
      }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
