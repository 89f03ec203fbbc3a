internal import Crypto
internal import Kernel

/// Writes a bundle section by section (`docs/formats/bundle.md`): the head, then each log in the order of the ledgers' names with its tiles
/// from left to right, then the seal. Each call returns the bytes to append to the file; the writer keeps only a digest.
package struct BundleWriter {
  static let magic = Array("cordon-bundle 1\n".utf8)

  /// Over every byte but those of the entries, which the tiles' hashes cover.
  private var digest = SHA256()
  private var byteCount: Int64 = 0
  private let manifest: BundleManifest
  private let history: KeyHistory

  package init(_ manifest: BundleManifest, history: KeyHistory) {
    self.manifest = manifest
    self.history = history
  }

  /// Goes on after what a reader has read of an unfinished file.
  mutating func goOn(after reader: BundleReader<some ByteSource>) {
    digest = reader.coveredDigest
    byteCount = reader.position
  }

  package mutating func head() -> [UInt8] {
    var bytes = Self.magic
    Self.append(.manifest, manifest.text, to: &bytes)
    Self.append(.keys, history.bytes, to: &bytes)
    return covered(bytes)
  }

  /// - Parameter earlier: as many as `log` says, by ascending size, each smaller than the checkpoint.
  package mutating func log(_ log: BundleLog, checkpoint: SignedCheckpoint, earlier: [EarlierCheckpoint] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    Self.append(.log, log.text, to: &bytes)
    Self.append(.checkpoint, checkpoint.bytes, to: &bytes)
    for one in earlier {
      Self.append(.earlier, one.checkpoint.bytes, to: &bytes)
      Self.append(.consistency, Self.bytes(of: one.proof.hashes), to: &bytes)
    }
    return covered(bytes)
  }

  /// - Parameters:
  ///   - proof: ``BundleLog/proof(ofTile:size:node:)``.
  ///   - entries: those of ``BundleLog/entries(inTile:)``.
  package mutating func tile(_ tile: Tile, proof: InclusionProof, entries: [[UInt8]]) -> [UInt8] {
    var head: [UInt8] = []
    Self.append(.tile, tile.bytes, to: &head)
    Self.append(.inclusion, Self.bytes(of: proof.hashes), to: &head)
    var bytes = covered(head)
    for entry in entries {
      bytes.append(contentsOf: covered(Self.head(.entry, entry.count)))
      bytes.append(contentsOf: entry)
      byteCount += Int64(entry.count)
    }
    return bytes
  }

  /// The last section. The key is that of the history which signs now.
  package func seal(with key: SigningKey) throws(NoteFault) -> [UInt8] {
    guard let name = manifest.operatorName.bundlesName else { throw NoteFault("the operator's name is too long") }
    let text = Self.sealText(MerkleHash(digest.finalize()), byteCount)
    var bytes: [UInt8] = []
    Self.append(.seal, try SignedNote(text: text, signatures: [try key.sign(text, as: name)]).bytes, to: &bytes)
    return bytes
  }

  static func sealText(_ digest: MerkleHash, _ byteCount: Int64) -> [UInt8] {
    Array("cordon-bundle-seal 1\n\(digest.base64)\n\(byteCount)\n".utf8)
  }

  private mutating func covered(_ bytes: [UInt8]) -> [UInt8] {
    digest.update(data: bytes)
    byteCount += Int64(bytes.count)
    return bytes
  }

  private static func append(_ kind: BundleSectionKind, _ payload: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(contentsOf: head(kind, payload.count))
    bytes.append(contentsOf: payload)
  }

  static func head(_ kind: BundleSectionKind, _ count: Int) -> [UInt8] {
    [kind.rawValue] + withUnsafeBytes(of: UInt32(count).bigEndian) { Array($0) }
  }

  private static func bytes(of hashes: [MerkleHash]) -> [UInt8] { hashes.flatMap(\.bytes) }
}
