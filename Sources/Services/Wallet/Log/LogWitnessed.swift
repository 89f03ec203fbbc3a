internal import Evidence
internal import Kernel
internal import Postgres

/// The checkpoint that a brand's log is shown under: with the cosignatures of the policy's witnesses on it.
struct LogWitnessed: Sendable {
  /// Checkpoints that are looked at. When witnesses have been away for longer, what is new counts more than who saw it.
  private static let checkpointsMax: Int64 = 16

  let store: LogStore
  /// Nil where no witnesses are asked.
  let policy: TrustPolicy?

  /// The newest checkpoint of at least `size` entries that the policy accepts; where none of the last ones is, the newest of all, with what it has.
  func newest(covering size: Int64 = 1, _ transaction: BrandTransaction) async throws -> LogStore.Kept? {
    guard let policy else { return try await store.latest(transaction) }
    let cosignatures = LogCosignatureStore(ledger: store.ledger)
    let cosigned = try await cosignatures.newest(covering: size, limit: Self.checkpointsMax, transaction).map {
      try Self.put($0, by: policy)
    }
    for kept in cosigned where try policy.isSatisfied(by: SignedNote(bytes: kept.note)) { return kept }
    guard let latest = try await store.latest(transaction) else { return nil }
    return cosigned.first { $0.size == latest.size } ?? latest
  }

  /// The cosignatures that are true: one that isn't would make readers refuse the whole note.
  private static func put(_ cosigned: LogCosignatureStore.Cosigned, by policy: TrustPolicy) throws(NoteFault) -> LogStore.Kept {
    let note = try SignedNote(bytes: cosigned.kept.note)
    let keys = policy.witnesses
    let signatures = cosigned.signatures.filter { signature in keys.contains { $0.verifies(signature, over: note.text) } }
    let bytes = signatures.isEmpty ? note.bytes : try note.adding(signatures).bytes
    return LogStore.Kept(size: cosigned.kept.size, root: cosigned.kept.root, note: bytes)
  }
}
