internal import Crypto
internal import Foundation
internal import Kernel

/// What a backup needs of files besides ``DurableFile``.
enum BackupFile {
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
