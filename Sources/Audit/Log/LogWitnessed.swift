internal import Evidence
internal import Kernel

/// The checkpoint that a log is shown under: with the cosignatures of the policy's witnesses on it.
struct LogWitnessed: Sendable {
  /// Checkpoints that are looked at. When witnesses have been away for longer, what is new counts more than who saw it.
  private static let checkpointsMax: Int64 = 16

  /// Nil where no witnesses are asked.
  let policy: TrustPolicy?

  /// The newest checkpoint of at least `size` entries that the policy accepts; where none of the last ones is, the newest of all, with what it has.
  func newest(covering size: Int64 = 1, _ shelf: any LogShelf) async throws -> KeptCheckpoint? {
    guard let policy else { return try await shelf.latest() }
    var cosigned: [KeptCheckpoint] = []
    for one in try await shelf.cosigned(covering: size, limit: Self.checkpointsMax) { cosigned.append(try Self.put(one, by: policy)) }
    for kept in cosigned where try policy.isSatisfied(by: SignedNote(bytes: kept.note)) { return kept }
    guard let latest = try await shelf.latest() else { return nil }
    return cosigned.first { $0.size == latest.size } ?? latest
  }

  /// The checkpoint of exactly so many entries; nil where there is none.
  func of(_ size: Int64, _ shelf: any LogShelf) async throws -> KeptCheckpoint? {
    let found = try await shelf.kept(size...size)
    guard let kept = found.first, let policy else { return found.first }
    return try Self.put(CosignedCheckpoint(kept: kept, signatures: try await shelf.cosignatures(of: size)), by: policy)
  }

  /// The first checkpoint of at least `size` entries that was signed at `time` or later, and that the policy accepts; where it accepts none of the
  /// first ones, the first. Where none was signed so late, the newest.
  func earliest(covering size: Int64, since time: Timestamp, _ shelf: any LogShelf) async throws -> KeptCheckpoint? {
    let kept = try await shelf.earliest(covering: size, since: time, limit: policy == nil ? 1 : Self.checkpointsMax)
    guard let policy else {
      guard let first = kept.first else { return try await shelf.latest() }
      return first
    }
    var shown: [KeptCheckpoint] = []
    for one in kept {
      let signatures = try await shelf.cosignatures(of: one.size)
      shown.append(try Self.put(CosignedCheckpoint(kept: one, signatures: signatures), by: policy))
    }
    for one in shown where try policy.isSatisfied(by: SignedNote(bytes: one.note)) { return one }
    guard let first = shown.first else { return try await newest(shelf) }
    return first
  }

  /// Whether the note is the kept one, with nothing on it but cosignatures of the policy's witnesses.
  func bears(_ note: SignedNote, _ kept: KeptCheckpoint) throws -> Bool {
    let own = try SignedNote(bytes: kept.note)
    let keys = policy?.witnesses ?? []
    return note.text == own.text
      && note.signatures.allSatisfy { signature in
        own.signatures.contains(signature) || keys.contains { $0.verifies(signature, over: note.text) }
      }
  }

  /// The cosignatures that are true: one that isn't would make readers refuse the whole note.
  private static func put(_ cosigned: CosignedCheckpoint, by policy: TrustPolicy) throws(NoteFault) -> KeptCheckpoint {
    let note = try SignedNote(bytes: cosigned.kept.note)
    let keys = policy.witnesses
    let signatures = cosigned.signatures.filter { signature in keys.contains { $0.verifies(signature, over: note.text) } }
    let bytes = signatures.isEmpty ? note.bytes : try note.adding(signatures).bytes
    return KeptCheckpoint(size: cosigned.kept.size, root: cosigned.kept.root, note: bytes)
  }
}
