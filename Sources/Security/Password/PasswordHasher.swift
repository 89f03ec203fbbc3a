internal import Crypto
internal import Synchronization

/// Hashes and checks passwords with Argon2id, a few at a time on threads of their own.
///
/// The computation is slow by intent; on the cooperative pool a handful of log-ins would stall every other request, and
/// without a bound a flood of them would take all memory. Waiting is bounded as well: who finds the queue full is told so.
package final class PasswordHasher: Sendable {
  package let cost: Argon2idCost
  private let turns: BlockingTurns
  /// The hash of a password that nobody knows.
  private let decoy: String
  private let computations = Mutex(0)

  /// Computes one hash, so it takes as long as one log-in.
  /// - Parameters:
  ///   - atOnceMax: computations at one time; each takes a core and `cost.memoryKibibytes`.
  ///   - waitingMax: how many more may wait.
  package init(cost: Argon2idCost = .standard, atOnceMax: Int = 2, waitingMax: Int = 64) throws(PasswordRefusal) {
    self.cost = cost
    self.turns = BlockingTurns(label: "cordon.passwords", atOnceMax: atOnceMax, waitingMax: waitingMax)
    let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    guard let decoy = Argon2id.hash(secret, cost: cost) else { throw .outOfMemory }
    self.decoy = decoy
  }

  /// How many hashes were computed so far: one for every password that was hashed or checked, also for absent accounts.
  package var computationCount: Int { computations.withLock { $0 } }

  /// - Returns: a PHC string, which fits 128 characters.
  package func hash(_ password: String) async throws -> String {
    let bytes = Array(password.utf8)
    let hash = try await turns.run { [self] in counted { Argon2id.hash(bytes, cost: cost) } }
    guard let hash else { throw PasswordRefusal.outOfMemory }
    return hash
  }

  /// - Parameter stored: the account's hash; nil if there is no such account. Then the same work is done in vain, so that
  ///   the time of the answer doesn't tell whether the account exists.
  package func verify(_ password: String, against stored: String?) async throws -> PasswordVerdict {
    let bytes = Array(password.utf8)
    return try await turns.run { [self] in
      let matches = counted { Argon2id.verify(bytes, against: stored ?? decoy) }
      guard matches, let stored else { return .wrong }
      return Argon2id.needsRehash(stored, cost: cost) ? .correctNeedsRehash : .correct
    }
  }

  private func counted<Value>(_ computation: () -> Value) -> Value {
    computations.withLock { $0 += 1 }
    return computation()
  }
}
