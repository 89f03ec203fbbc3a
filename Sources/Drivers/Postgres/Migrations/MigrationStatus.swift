/// Where a database stands beside the files.
package struct MigrationStatus: Hashable, Sendable {
  /// The highest number applied; 0 for a database that was never migrated.
  package let currentHead: Int64
  /// The number of the last file.
  package let expectedHead: Int64
  package let applied: [AppliedMigration]
  /// The labels of what isn't applied yet.
  package let pending: [String]
  /// Where database and files contradict each other; nothing can be applied until that is resolved.
  package let contradictions: [MigrationError]

  package var isCurrent: Bool { currentHead == expectedHead && contradictions.isEmpty }

  init(ladder: MigrationLadder, applied: [AppliedMigration]) {
    let numbers = Set(applied.map(\.number))
    currentHead = MigrationLadder.head(applied)
    expectedHead = ladder.expectedHead
    self.applied = applied.sorted { $0.number < $1.number }
    pending = ladder.migrations.filter { !numbers.contains($0.number) }.map(\.label)
    contradictions = ladder.contradictions(applied)
  }
}
