internal import Glibc
package import Platform

/// The file that violations are kept in while the table can't be written: one line of JSON each (S3-FALL-01…06). The calls block for as long as the disk
/// does.
package struct SecurityLogFile: Sendable {
  private static let bytesMax = 256 * 1024 * 1024

  package let path: String

  package init(path: String) { self.path = path }

  /// Appends whole lines, which are there when it returns. Several processes may: each call is one write.
  package func append(_ entries: [SecurityAuditEntry]) throws(FileFault) {
    try makeFolder()
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
    guard file >= 0 else { throw FileFault("open \(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    // Whatever the umask says.
    _ = fchmod(file, 0o640)
    let bytes = Array(entries.map { $0.line + "\n" }.joined().utf8)
    let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count, fsync(file) == 0 else { throw FileFault("write \(path): \(String(cString: strerror(errno)))") }
  }

  /// The lines that are there; none where there is no file.
  package func lines() throws(FileFault) -> [Substring] {
    guard let bytes = try DurableFile.read(path, bytesMax: Self.bytesMax) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
  }

  /// A folder of its own that only we and our group read (S3-FALL-06). One that is there is left as it is.
  private func makeFolder() throws(FileFault) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    guard mkdir(folder, 0o750) != 0 else {
      _ = chmod(folder, 0o750)
      return
    }
    if errno != EEXIST { throw FileFault("make \(folder): \(String(cString: strerror(errno)))") }
  }
}
