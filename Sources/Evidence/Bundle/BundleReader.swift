internal import Crypto

/// Reads a bundle's sections in order, keeping one buffer and the digest that the seal must have.
struct BundleReader<Source: ByteSource> {
  private static var chunkBytes: Int { 1024 * 1024 }
  private static var waitingBytes: Int { 16 * 1024 }

  private var source: Source
  private var buffer: [UInt8] = []
  private var start = 0
  private var isEnded = false
  private var digest = SHA256()
  /// Covered bytes that the digest hasn't seen: gathered, because most of them are the five that stand before each entry.
  private var waiting: [UInt8] = []
  /// Bytes read so far.
  private(set) var position: Int64 = 0

  init(_ source: Source) { self.source = source }

  /// Over every byte so far but the contents of entries.
  var covered: MerkleHash { MerkleHash(coveredDigest.finalize()) }

  /// The same, to go on with.
  var coveredDigest: SHA256 {
    var digest = digest
    digest.update(data: waiting)
    return digest
  }

  private mutating func cover(_ bytes: ArraySlice<UInt8>) {
    waiting.append(contentsOf: bytes)
    guard waiting.count >= Self.waitingBytes else { return }
    waiting.withUnsafeBytes { digest.update(bufferPointer: $0) }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Makes `count` bytes stand at `start`; false where the file ends before.
  private mutating func fill(_ count: Int) throws(VerificationFailure) -> Bool {
    while buffer.count - start < count {
      guard !isEnded else { return false }
      buffer.removeFirst(start)
      start = 0
      do {
        let chunk = try source.read(upTo: Self.chunkBytes)
        isEnded = chunk.isEmpty
        buffer.append(contentsOf: chunk)
      } catch {
        throw .unreadable(error)
      }
    }
    return true
  }

  mutating func isAtEnd() throws(VerificationFailure) -> Bool { try !fill(1) }

  /// The kind of the section that stands next, by its byte.
  mutating func peek() throws(VerificationFailure) -> UInt8 {
    guard try fill(1) else { throw .found(truncated()) }
    return buffer[start]
  }

  mutating func magic() throws(VerificationFailure) {
    let expected = BundleWriter.magic
    guard try take(expected.count, covered: true).elementsEqual(expected) else { throw .found(Finding(.malformed, byte: 0)) }
  }

  /// The next section, which must be of this kind.
  mutating func section(_ kind: BundleSectionKind) throws(VerificationFailure) -> [UInt8] {
    let count = try head(kind)
    return Array(try take(count, covered: true))
  }

  /// The next section, which must be the seal and isn't covered by itself.
  mutating func seal() throws(VerificationFailure) -> [UInt8] {
    let count = try head(.seal, covered: false)
    return Array(try take(count, covered: false))
  }

  /// Appends the next section's contents, which must be an entry.
  mutating func entry(into entries: inout [UInt8]) throws(VerificationFailure) {
    let count = try head(.entry)
    entries.append(contentsOf: try take(count, covered: false))
  }

  private mutating func head(_ kind: BundleSectionKind, covered: Bool = true) throws(VerificationFailure) -> Int {
    let place = position
    guard try peek() == kind.rawValue else { throw .found(Finding(.malformed, byte: place)) }
    let count = try take(5, covered: covered).dropFirst().reduce(0) { $0 << 8 | Int($1) }
    guard count <= kind.bytesMax else { throw .found(Finding(.malformed, byte: place)) }
    return count
  }

  private mutating func take(_ count: Int, covered: Bool) throws(VerificationFailure) -> ArraySlice<UInt8> {
    guard try fill(count) else { throw .found(truncated()) }
    let bytes = buffer[start..<start + count]
    if covered { cover(bytes) }
    start += count
    position += Int64(count)
    return bytes
  }

  /// The place is the file's length: everything before it was read.
  private func truncated() -> Finding { Finding(.truncated, byte: position + Int64(buffer.count - start)) }
}
