internal import Evidence

/// Whether a witness may cosign. Pure.
enum WitnessRules {
  /// The note with the log's own signatures alone: all that the witness answers for.
  static func signed(_ note: SignedNote, by keys: [VerifierKey]) throws(WitnessRefusal) -> SignedNote {
    guard !keys.isEmpty else { throw .unknownLog }
    do throws(NoteFault) {
      let signers = try note.verified(by: keys)
      let signatures = signers.compactMap(note.signature)
      // The log's own cosignature says when, and isn't what the list of logs names.
      guard signers.contains(where: { $0.kind == .ed25519 }) else { throw NoteFault("no known key of the log signed the checkpoint") }
      return try SignedNote(text: note.text, signatures: signatures)
    } catch {
      throw .unsigned(error.description)
    }
  }

  /// What holds of a request whatever was cosigned before.
  static func check(_ request: WitnessRequest, _ checkpoint: Checkpoint) throws(WitnessRefusal) {
    guard request.oldSize <= checkpoint.size else {
      throw .malformed("the checkpoint has \(checkpoint.size) entries, and the old one \(request.oldSize)")
    }
    guard checkpoint.isPossible else { throw .inconsistent("the empty tree has another root") }
  }

  /// Whether the checkpoint continues the last one; nil where none was cosigned.
  static func check(_ request: WitnessRequest, _ checkpoint: Checkpoint, after last: Checkpoint?) throws(WitnessRefusal) {
    let size = last?.size ?? 0
    guard request.oldSize == size else { throw .conflict(size) }
    let proof = ConsistencyProof(oldSize: size, newSize: checkpoint.size, hashes: request.hashes)
    guard proof.connects(last?.root ?? MerkleTree.emptyRoot, to: checkpoint.root) else {
      throw .inconsistent("the proof doesn't lead from the tree of \(size) entries to that of \(checkpoint.size)")
    }
  }
}
