internal import Crypto
internal import Foundation
internal import Kernel

/// Files that are there whole, or not at all, also after a loss of power.
enum BackupFile {
  /// Replaces the file.
  static func write(_ bytes: some Sequence<UInt8>, to path: String, mode: Int) throws {
    let part = path + ".part"
    do {
      try? FileManager.default.removeItem(atPath: part)
      guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]),
        let file = FileHandle(forWritingAtPath: part)
      else { throw CocoaError(.fileWriteUnknown) }
      defer { try? file.close() }
      try file.write(contentsOf: Data(bytes))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: part)
      try file.synchronize()
      guard rename(part, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(atPath: part)
      throw BackupFault(.failed, "\(path) can't be written: \(reason)")
    }
    try synchronize(URL(filePath: path).deletingLastPathComponent().path)
  }

  /// Returns when the file, or the folder's list of names, would survive the loss of power.
  static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw BackupFault(.failed, "\(path) can't be opened: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw BackupFault(.failed, "\(path) can't be forced to the disk: \(String(cString: strerror(errno)))")
    }
  }

  /// SHA-256 of a file of any size, in lower-case hexadecimal, and how many bytes it has.
  static func digest(of path: String) throws -> (sha256: String, bytes: Int64) {
    guard let file = FileHandle(forReadingAtPath: path) else { throw BackupFault(.notFound, "\(path) can't be read") }
    defer { try? file.close() }
    var hash = SHA256()
    var count: Int64 = 0
    while let block = try file.read(upToCount: 1 << 20), !block.isEmpty {
      hash.update(data: block)
      count += Int64(block.count)
    }
    return (Hexadecimal.encode(hash.finalize()), count)
  }

  static func size(of path: String) -> Int64? {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.int64Value
  }
}
