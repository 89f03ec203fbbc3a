internal import Kernel

/// A receipt: that one entry stands in a log, checkable by anyone who knows the entry and the log's key (C2SP tlog-proof).
package struct Receipt: Hashable, Sendable {
  package static let bytesMax = 256 * 1024
  private static let header = "c2sp.org/tlog-proof@v1"

  /// Cordon puts the entry's bytes here, so that a receipt needs nothing beside it. Not trusted until the proof holds for them.
  package let extra: [UInt8]?
  package let index: Int64
  package let hashes: [MerkleHash]
  package let checkpoint: SignedCheckpoint

  package init(entry: [UInt8]?, index: Int64, hashes: [MerkleHash], checkpoint: SignedCheckpoint) {
    self.extra = entry
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  /// Reads the one spelling of a receipt.
  package init(bytes: [UInt8]) throws(NoteFault) {
    guard bytes.count <= Self.bytesMax else { throw NoteFault("a receipt has at most \(Self.bytesMax) bytes") }
    // The first empty line: no line of the proof is empty, while a note has one of its own.
    guard let end = bytes.indices.dropLast().first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) else {
      throw NoteFault("no empty line ends the receipt's proof")
    }
    var lines = try TextLines(Array(bytes[...end]), of: "the receipt")
    try lines.fixed(Self.header)
    var line = try lines.next("index")
    var extra: [UInt8]?
    if line.utf8.starts(with: "extra ".utf8) {
      guard let decoded = Base64.decode(Array(line.utf8.dropFirst(6))), !decoded.isEmpty else { throw NoteFault("extra isn't base64") }
      extra = decoded
      line = try lines.next("index")
    }
    guard line.utf8.starts(with: "index ".utf8), let index = Decimal64.parse(line.dropFirst(6)) else {
      throw NoteFault("the receipt has no index")
    }
    var hashes: [MerkleHash] = []
    for text in lines.remaining() {
      guard let hash = MerkleHash(base64: text), hashes.count < 63 else { throw NoteFault("the receipt's proof isn't 63 hashes at most") }
      hashes.append(hash)
    }
    self.init(entry: extra, index: index, hashes: hashes, checkpoint: try SignedCheckpoint(bytes: Array(bytes[(end + 2)...])))
  }

  package var bytes: [UInt8] {
    var text = "\(Self.header)\n"
    if let extra, !extra.isEmpty { text += "extra \(Base64.encode(extra))\n" }
    text += "index \(index)\n"
    for hash in hashes { text += "\(hash.base64)\n" }
    return Array("\(text)\n".utf8) + checkpoint.bytes
  }

  /// Whether the proof leads from this entry to the checkpoint's root. The checkpoint's signatures are another question.
  package func holds(for entry: [UInt8]) -> Bool {
    let proof = InclusionProof(index: index, size: checkpoint.checkpoint.size, hashes: hashes)
    return proof.root(from: MerkleTree.leafHash(of: entry)) == checkpoint.checkpoint.root
  }
}
