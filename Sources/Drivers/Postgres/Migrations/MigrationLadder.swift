/// Compares what a database has with the files. Pure.
package struct MigrationLadder: Sendable {
  /// In the order of their numbers, from 1 without gaps.
  package let migrations: [Migration]

  package init(_ migrations: [Migration]) { self.migrations = migrations }

  /// The number of the last file; 0 when there is none.
  package var expectedHead: Int64 { migrations.last?.number ?? 0 }

  /// Everything that contradicts the files, in the order of the numbers.
  package func contradictions(_ applied: [AppliedMigration]) -> [MigrationError] {
    let byNumber = Dictionary(migrations.map { ($0.number, $0) }) { first, _ in first }
    var found: [MigrationError] = []
    let numbers = Set(applied.map(\.number))
    let head = Self.head(applied)
    for migration in migrations where migration.number < head && !numbers.contains(migration.number) {
      found.append(.missingBelowHead(label: migration.label))
    }
    for row in applied.sorted(by: { $0.number < $1.number }) {
      guard let file = byNumber[row.number], file.name == row.name else {
        found.append(.unknownApplied(label: Migration.label(row.number, row.name)))
        continue
      }
      guard file.checksum != row.checksum else { continue }
      found.append(.changed(label: file.label, appliedChecksum: row.checksum, fileChecksum: file.checksum))
    }
    return found
  }

  /// What is still to be applied, in order. - Parameter target: the last number to apply; nil for all.
  package func pending(_ applied: [AppliedMigration], to target: Int64? = nil) throws(MigrationError) -> [Migration] {
    if let contradiction = contradictions(applied).first { throw contradiction }
    if let target, target != 0, !migrations.contains(where: { $0.number == target }) { throw .noSuchTarget(number: target) }
    let head = Self.head(applied)
    return migrations.filter { $0.number > head && $0.number <= target ?? .max }
  }

  /// What is to be undone to get down to `target`, the last applied first. 0 undoes everything.
  package func descent(_ applied: [AppliedMigration], to target: Int64) throws(MigrationError) -> [Migration] {
    if let contradiction = contradictions(applied).first { throw contradiction }
    let head = Self.head(applied)
    guard target >= 0, target <= head else { throw .targetAboveHead(target: target, head: head) }
    let undone = migrations.filter { $0.number > target && $0.number <= head }.reversed()
    if let stuck = undone.first(where: { $0.down == nil }) { throw .noDown(label: stuck.label) }
    return Array(undone)
  }

  static func head(_ applied: [AppliedMigration]) -> Int64 { applied.map(\.number).max() ?? 0 }
}
