internal import Evidence
package import Kernel
package import Postgres

/// Whether a key may sign now: for what is signed besides the logs (S4-INC-05).
package enum SigningGate {
  /// - Throws: ``LogRefusal`` while signing is paused, and for a key that isn't the one that signs.
  package static func admit(_ signer: LogSigner, at moment: Timestamp, _ database: Database) async throws {
    let stand = try await database.withPlatform { transaction in
      let answers = try await transaction.pipeline([
        SigningStand.keysQuery(signer.history.operatorName), SigningStand.pauseQuery,
      ])
      return try SigningStand(keys: answers[0], pause: answers[1])
    }
    if let refusal = signer.refusal(by: stand, at: moment) { throw refusal }
  }
}
