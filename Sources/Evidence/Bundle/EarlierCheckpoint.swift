/// A checkpoint that was published before, and the proof that the log was only continued since.
package struct EarlierCheckpoint: Hashable, Sendable {
  package let checkpoint: SignedCheckpoint
  package let proof: ConsistencyProof

  package init(checkpoint: SignedCheckpoint, proof: ConsistencyProof) {
    self.checkpoint = checkpoint
    self.proof = proof
  }
}
