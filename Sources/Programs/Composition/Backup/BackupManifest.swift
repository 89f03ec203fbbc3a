internal import Crypto
internal import Evidence
internal import Kernel

/// What a backup holds, written last: a backup without it is none (`docs/formats/backup.md`).
package struct BackupManifest: Codable, Hashable, Sendable {
  package static let formatNow = 1

  package let format: Int
  package let name: String
  package let version: String
  package let commit: String
  package let dumpBytes: Int64
  package let dumpSha256: String
  package let snapshot: BackupSnapshot
  /// The key history, as its file has it; nil where nothing was signed on the machine.
  package let keyHistory: String?
  package let keys: [BackupKey]

  /// Over the heads of all logs, so that two backups of the same money are told by one number.
  package var headsSha256: String {
    let lines = snapshot.logs.map { "\($0.brandID) \($0.ledger) \($0.entries) \($0.headHash)\n" }
    return Hexadecimal.encode(SHA256.hash(data: Array(lines.joined().utf8)))
  }

  /// Nil where there is none, or where it isn't one.
  var history: KeyHistory? { keyHistory.flatMap { try? KeyHistory(bytes: Array($0.utf8)) } }
}
