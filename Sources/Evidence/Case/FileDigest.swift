internal import Crypto
internal import Kernel

/// SHA-256 of files of any size.
package enum FileDigest {
  private static let chunkBytes = 1024 * 1024

  /// In hexadecimal, and how many bytes there are.
  package static func of(_ source: some ByteSource) throws(ByteSourceFault) -> (sha256: String, byteCount: Int64) {
    var source = source
    var hash = SHA256()
    var count: Int64 = 0
    while true {
      let chunk = try source.read(upTo: chunkBytes)
      guard !chunk.isEmpty else { return (Hexadecimal.encode(hash.finalize()), count) }
      hash.update(data: chunk)
      count += Int64(chunk.count)
    }
  }

  static func hexadecimal(of bytes: [UInt8]) -> String { Hexadecimal.encode(SHA256.hash(data: bytes)) }
}
