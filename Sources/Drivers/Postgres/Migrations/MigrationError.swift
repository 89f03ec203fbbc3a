/// What is wrong with the migration files, or between them and a database.
package enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  /// Neither `NNNN_name.sql` nor `NNNN_name.down.sql`.
  case badName(file: String)
  case duplicate(number: Int64, files: [String])
  case gap(expected: Int64, found: Int64)
  /// A `.down.sql` without its `.sql`.
  case downWithoutUp(file: String)
  /// An applied file is not the same any more (S4-GUAR-05).
  case changed(label: String, appliedChecksum: String, fileChecksum: String)
  /// The database has a migration that these files don't: it was migrated by a newer release.
  case unknownApplied(label: String)
  /// An earlier file isn't applied although a later one is.
  case missingBelowHead(label: String)
  case noSuchTarget(number: Int64)
  /// The target of a descent lies above the head.
  case targetAboveHead(target: Int64, head: Int64)
  /// Going down destroys data, and is refused in a production-grade environment.
  case downRefused(environment: String)
  case noDown(label: String)
  case invalid([MigrationProblem])
  /// Somebody else migrates this database, and didn't finish in time.
  case ladderBusy
  /// The file ended the transaction that it runs in.
  case transactionEnded(label: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
    case .badName(let file): "\(file) is not named NNNN_name.sql or NNNN_name.down.sql (lower-case letters, digits, underscores)"
    case .duplicate(let number, let files): "number \(number) is used twice: \(files.joined(separator: ", "))"
    case .gap(let expected, let found): "number \(expected) is missing before \(found)"
    case .downWithoutUp(let file): "\(file) has no migration to undo"
    case .changed(let label, let applied, let file):
      "\(label) was changed after it had been applied: the database holds checksum \(applied), the file has \(file)"
    case .unknownApplied(let label): "\(label) is applied in the database but is not among the files: they belong to an older release"
    case .missingBelowHead(let label): "\(label) is not applied although a later migration is"
    case .noSuchTarget(let number): "there is no migration \(number)"
    case .targetAboveHead(let target, let head): "can't go down to \(target): the head is \(head)"
    case .downRefused(let environment): "going down is refused in the environment \(environment): it destroys data"
    case .noDown(let label): "\(label) has no .down.sql"
    case .invalid(let problems): problems.map(\.description).joined(separator: "\n")
    case .ladderBusy: "another process is migrating this database"
    case .transactionEnded(let label): "\(label) ended the transaction that it runs in"
    }
  }
}
