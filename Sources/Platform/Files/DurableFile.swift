internal import Glibc

/// Files that are there whole or not at all, also after a loss of power. The calls block: not for Swift's own threads.
package enum DurableFile {
  /// Replaces the file. Returns when the new one would survive the loss of power.
  package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws(FileFault) {
    let part = path + ".part"
    try writeAll(bytes, to: part, mode)
    guard rename(part, path) == 0 else { throw .system("rename", part) }
    try synchronise(folder(of: path))
  }

  /// Nil where there is none.
  ///
  /// - Throws: also for one that is longer than `bytesMax`.
  package static func read(_ path: String, bytesMax: Int) throws(FileFault) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0, errno == ENOENT { return nil }
    guard file >= 0 else { throw .system("open", path) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(file, &block, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .system("read", path) }
      guard count > 0 else { return bytes }
      bytes += block[..<count]
      guard bytes.count <= bytesMax else { throw FileFault("\(path) has more than \(bytesMax) bytes") }
    }
  }

  /// Makes what was renamed in a folder last.
  package static func synchronise(_ directory: String) throws(FileFault) {
    let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .system("open", directory) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw .system("synchronise", directory) }
  }

  private static func writeAll(_ bytes: [UInt8], to path: String, _ mode: UInt32) throws(FileFault) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw .system("create", path) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system("write", path) }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw .system("synchronise", path) }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
