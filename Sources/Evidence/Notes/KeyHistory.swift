package import Kernel

/// Every signing key of an operator, first to last, each signed by the one before it (`docs/formats/key-history.md`). Nothing is ever taken out.
package struct KeyHistory: Hashable, Sendable {
  package static let bytesMax = 1024 * 1024

  /// At least one.
  package let records: [KeyRecord]

  package init(first: KeyRecord) { records = [first] }

  private init(_ records: [KeyRecord]) { self.records = records }

  /// Reads the one spelling of a history, and checks every record's signatures. Whether its keys are trusted is another question.
  package init(bytes: [UInt8]) throws(NoteFault) {
    guard bytes.count <= Self.bytesMax else { throw NoteFault("a key history has at most \(Self.bytesMax) bytes") }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard bytes.last == 0x0A else { throw NoteFault("a key history ends in a line feed") }
    var rest = lines.dropLast()
    var records: [KeyRecord] = []
    while !rest.isEmpty {
      // The first record has one signature, each other two.
      let count = KeyRecord.textLines + (records.isEmpty ? 2 : 3)
      guard rest.count >= count else { throw NoteFault("the key history ends within a record") }
      let note = try SignedNote(bytes: rest.prefix(count).flatMap { $0 + [0x0A] })
      records.append(try KeyRecord(note: note, number: Int64(records.count) + 1, previous: records.last))
      rest = rest.dropFirst(count)
    }
    guard !records.isEmpty else { throw NoteFault("a key history has a key") }
    self.init(records)
  }

  package var bytes: [UInt8] { records.flatMap(\.note.bytes) }

  package var operatorName: OperatorName { records[0].operatorName }

  /// The history with one more key.
  package func adding(_ record: KeyRecord) throws(NoteFault) -> KeyHistory {
    KeyHistory(records + [try KeyRecord(note: record.note, number: Int64(records.count) + 1, previous: records.last)])
  }

  /// Whether one of the keys is in the history. It then vouches for all: later ones were signed in its name, earlier ones are named by it.
  package func isTrusted(by keys: [VerifierKey]) -> Bool {
    records.contains { record in
      keys.contains { $0.kind == .ed25519 && $0.name == operatorName.keysName && $0.publicKey == record.publicKey }
    }
  }

  /// The keys as people who verify keep them.
  package var verifierKeys: [VerifierKey] {
    guard let name = operatorName.keysName else { return [] }
    return records.compactMap { VerifierKey(name: name, kind: .ed25519, publicKey: $0.publicKey) }
  }

  /// Whether one of the two continues the other.
  package func agrees(with other: KeyHistory) -> Bool { zip(records, other.records).allSatisfy(==) }

  /// The key that signed the checkpoint, by its signature line; nil where none of them is named.
  package func signer(of checkpoint: SignedCheckpoint) -> KeyRecord? { records.first { checkpoint.names($0.publicKey) } }

  /// Whether `record` was the signing key at that time.
  package func isValid(_ record: KeyRecord, at time: Timestamp) -> Bool {
    guard record.from <= time else { return false }
    guard let next = records.first(where: { $0.number == record.number + 1 }) else { return true }
    return time < next.from
  }

  /// The key that signs at that time; nil before the first.
  package func record(at time: Timestamp) -> KeyRecord? { records.last { $0.from <= time } }
}
