internal import Glibc

/// Files that are there whole or not at all, also after a loss of power. The calls block: not for Swift's own threads.
package enum DurableFile {
  /// Replaces the file. Returns when the new one would survive the loss of power; where it fails, the old one is there as it was.
  ///
  /// One writer of a file at a time.
  package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws(FileFault) {
    let part = path + ".part"
    // Of a writer that died.
    unlink(part)
    do throws(FileFault) {
      let file = try GrowingFile(creating: part, mode: mode)
      try file.append(bytes)
      try file.synchronise()
      guard rename(part, path) == 0 else { throw .system("rename", part) }
    } catch {
      unlink(part)
      throw error
    }
    try synchronise(folder(of: path))
  }

  /// Gives a file that is written and synchronised its last name.
  ///
  /// - Throws: where something is called so already.
  package static func name(_ part: String, _ path: String) throws(FileFault) {
    var status = stat()
    guard lstat(path, &status) != 0 else { throw FileFault("\(path) is there already") }
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

  /// Makes what was named in a folder, or written into a file, last.
  package static func synchronise(_ path: String) throws(FileFault) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system("synchronise", path) }
  }

  /// The folder that a file stands in.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
