internal import Glibc

/// A file or folder can't be read, written or locked.
package struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// What the system said last.
  static func system(_ what: String, _ path: String) -> FileFault {
    FileFault("can't \(what) \(path): \(String(cString: strerror(errno)))")
  }
}
