internal import Evidence
internal import Kernel

/// A public key that signed the logs. The fingerprint is the same wherever the key appears.
package struct BackupKey: Codable, Hashable, Sendable {
  package let number: Int64
  /// SHA-256 of the key's 32 bytes, in hexadecimal.
  package let fingerprint: String
  package let from: BackupMoment

  private init?(_ record: KeyRecord) {
    guard let name = record.operatorName.keysName,
      let key = VerifierKey(name: name, kind: .ed25519, publicKey: record.publicKey)
    else { return nil }
    number = record.number
    fingerprint = key.fingerprint
    from = BackupMoment(record.from)
  }

  static func keys(of history: KeyHistory) -> [BackupKey] { history.records.compactMap { BackupKey($0) } }
}
