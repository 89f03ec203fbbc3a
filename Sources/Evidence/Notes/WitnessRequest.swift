internal import Kernel

/// What is asked of a witness (C2SP tlog-witness, `add-checkpoint`): to cosign a checkpoint that continues the last one it cosigned.
package struct WitnessRequest: Hashable, Sendable {
  package static let hashesMax = 63

  /// Entries that the witness is thought to have cosigned.
  package let oldSize: Int64
  /// The proof from there to the checkpoint.
  package let hashes: [MerkleHash]
  package let note: SignedNote

  package init(oldSize: Int64, hashes: [MerkleHash], note: SignedNote) {
    self.oldSize = oldSize
    self.hashes = hashes
    self.note = note
  }

  /// Reads the one spelling of a request. Nothing in it is trusted yet.
  package init(bytes: [UInt8]) throws(NoteFault) {
    // The first empty line: no line of the proof is empty, while a note has one of its own.
    guard let end = bytes.indices.dropLast().first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) else {
      throw NoteFault("no empty line ends the request's proof")
    }
    var lines = try TextLines(Array(bytes[...end]), of: "the request")
    let oldSize = try lines.number("old")
    var hashes: [MerkleHash] = []
    for line in lines.remaining() {
      guard let hash = MerkleHash(base64: line), hashes.count < Self.hashesMax else {
        throw NoteFault("the request's proof isn't \(Self.hashesMax) hashes at most")
      }
      hashes.append(hash)
    }
    self.init(oldSize: oldSize, hashes: hashes, note: try SignedNote(bytes: Array(bytes[(end + 2)...])))
  }

  package var bytes: [UInt8] { Array("old \(oldSize)\n\(hashes.map { "\($0.base64)\n" }.joined())\n".utf8) + note.bytes }
}
