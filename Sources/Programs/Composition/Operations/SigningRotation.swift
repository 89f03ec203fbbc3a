internal import Audit
package import Evidence
package import Kernel
internal import Platform
package import Postgres

/// Makes another key the one that signs the logs, which the present key announces (S4-KEY-02, S4-KEY-07, S4-KEY-08).
///
/// Crash points. Before the commit: nothing has happened. Between that and the file: the database has the record, the approval is used; the same
/// command again writes the file from it. After the file: done.
package struct SigningRotation: Sendable {
  /// So long at least until the next key signs: whoever signs with the present one has ended by then (``LogPublisher`` takes its time first).
  package static let notice: Duration = .seconds(5)

  package let current: SigningKeyFile
  package let next: SigningKeyFile

  private let signer: LogSigner
  private let key: SigningKey

  /// - Throws: where a file is unusable, or the next one has a history of its own beyond its first record.
  package init(current: SigningKeyFile, next: SigningKeyFile) throws {
    self.current = current
    self.next = next
    signer = try current.load()
    key = try next.key()
    let history = try next.history()
    guard history.operatorName == signer.history.operatorName else {
      throw OperationRefused(.unusable, "\(next.path) is of \(history.operatorName), not of \(signer.history.operatorName)")
    }
    guard history.records.last?.publicKey == key.publicKey else {
      throw OperationRefused(.unusable, "\(next.path) has another key than its history")
    }
    let isContinued = history.records.dropLast().elementsEqual(signer.history.records)
    guard history.records.count == 1 || isContinued else {
      throw OperationRefused(.unusable, "\(next.path) continues another history than that of \(current.path)")
    }
    guard !signer.history.records.contains(where: { $0.publicKey == key.publicKey }) else {
      throw OperationRefused(.unusable, "\(next.path) has a key that signed before")
    }
  }

  /// What an approval is for.
  package var subject: String { "\(signer.history.operatorName) \(key.fingerprint)" }

  /// - Parameter from: nil for as soon as may be.
  /// - Returns: the history with the new key at its end.
  package func run(_ approval: UUIDv7, from: Timestamp?, by act: OperatorAct, on database: Database, clock: WallClock = .system)
    async throws
    -> KeyHistory
  {
    let history = try await registered(approval, from, act, database, clock)
    try next.replace(history)
    return history
  }

  private func registered(
    _ approval: UUIDv7, _ from: Timestamp?, _ act: OperatorAct, _ database: Database, _ clock: WallClock
  ) async throws -> KeyHistory {
    try await database.withPlatform { transaction in
      try await register(signer.history, transaction)
      let kept = try await SigningKeyStore.all(signer.history.operatorName, transaction)
      if let last = kept.last, kept.count > signer.history.records.count {
        guard last.number == Int64(signer.history.records.count) + 1, last.publicKey == key.publicKey else {
          throw OperationRefused(.conflict, "the key of \(current.path) was rotated already: key \(last.number) follows it")
        }
        return try KeyHistory(bytes: signer.history.bytes + last.record)
      }
      try await use(approval, act, transaction)
      let earliest = clock.now().advanced(bySeconds: Self.notice.components.seconds + 1)
      // Whole seconds, as the record has them.
      let moment = Timestamp(seconds: max(from ?? earliest, earliest).seconds)
      let history = try signer.announcing(key, from: moment, approval: "\(approval)")
      for record in try await register(history, transaction) {
        try await AdminAudit.append(
          record.registration(.signingKeyRotate, by: act.operatorID, reason: act.reason), brand: nil, in: transaction)
      }
      // Whoever signs now has read the table before this is in it, and must have signed before the next key's time.
      guard clock.now().advanced(bySeconds: 2) < moment else { throw OperationRefused(.conflict, "the database was slow: run it again") }
      return history
    }
  }

  @discardableResult
  private func register(_ history: KeyHistory, _ transaction: PlatformTransaction) async throws -> [KeyRecord] {
    do {
      return try await SigningKeyStore.register(history, transaction)
    } catch let refusal as LogRefusal {
      throw OperationRefused(.conflict, refusal.detail)
    }
  }

  private func use(_ id: UUIDv7, _ act: OperatorAct, _ transaction: PlatformTransaction) async throws {
    let found = try await ApprovalStore.one(id, transaction)
    guard let approval = found else { throw OperationRefused(.notFound, "there is no approval \(id)") }
    if let refusal = approval.refusal(of: .signingKeyRotation, subject) { throw OperationRefused(.conflict, "approval \(id) \(refusal)") }
    try await ApprovalStore.append(.used, to: id, by: act.operatorID, reason: act.reason, transaction)
  }
}
