package import Audit
package import Kernel
package import Postgres

/// Asked by every command before it does what ends in a signature.
package enum SigningPermission {
  /// - Throws: ``OperationRefused`` while signing is paused, and for a key that isn't the one that signs.
  package static func require(_ signer: LogSigner, at moment: Timestamp, _ database: Database) async throws {
    do {
      try await SigningGate.admit(signer, at: moment, database)
    } catch let refusal as LogRefusal {
      throw OperationRefused(.conflict, "nothing can be signed with this key now: \(refusal.detail) (\(refusal.reason.rawValue))")
    }
  }
}
