internal import Audit
package import Kernel
package import Platform
package import Postgres

/// What an operator does with events that could not be published (S0-WAL-16). Each change and its audit row are one transaction.
package struct OutboxOperations: Sendable {
  /// Longest list that is shown; whoever has more dead letters than this repairs the cause first.
  private static let listedMax: Int64 = 1000

  private let table: OutboxTable
  private let database: Database
  private let letters: OutboxLetters

  package init(_ table: OutboxTable, database: Database) {
    self.table = table
    self.database = database
    self.letters = OutboxLetters(table)
  }

  /// - Parameter brand: nil for every brand, each in a transaction of its own.
  package func list(_ state: OutboxLetter.State, brand: BrandID?) async throws -> [OutboxLetter] {
    let every = try await BrandCatalog(database: database).all().map(\.id)
    var found: [OutboxLetter] = []
    for id in every where brand == nil || brand == id {
      found += try await database.withBrand(id) { try await letters.list(state, limit: Self.listedMax, $0) }
    }
    return found
  }

  package func find(_ event: UUIDv7, brand: BrandID) async throws -> OutboxLetter {
    try await database.withBrand(brand) { try await locked(event, $0) }
  }

  /// Gives a dead letter another payload. It stays one until ``republish(_:brand:by:isDryRun:)``.
  package func repair(
    _ event: UUIDv7, brand: BrandID, payload: String, by act: OperatorAct, isDryRun: Bool
  ) async throws -> OutboxLetter {
    try await database.withBrand(brand) { transaction in
      let letter = try await dead(event, transaction)
      if let fault = letter.fault(with: payload) { throw OperationRefused(.unusable, fault) }
      guard !isDryRun else { return letter }
      try await letters.setPayload(payload, of: event, transaction)
      try await record(.outboxRepair, letter, newPayload: payload, act, transaction)
      return try await locked(event, transaction)
    }
  }

  /// Lets a dead letter go out again, under the same event id.
  package func republish(_ event: UUIDv7, brand: BrandID, by act: OperatorAct, isDryRun: Bool) async throws -> OutboxLetter {
    try await database.withBrand(brand) { transaction in
      let letter = try await dead(event, transaction)
      if let fault = letter.fault(with: letter.payload) {
        throw OperationRefused(.conflict, "it would be set aside again: \(fault); repair it first")
      }
      guard !isDryRun else { return letter }
      try await letters.release(event, transaction)
      try await record(.outboxRepublish, letter, newPayload: nil, act, transaction)
      return try await locked(event, transaction)
    }
  }

  private func locked(_ event: UUIDv7, _ transaction: BrandTransaction) async throws -> OutboxLetter {
    guard let letter = try await letters.lock(event, transaction) else {
      throw OperationRefused(.notFound, "brand \(transaction.brand) has no event \(event) in the \(table.rawValue) outbox")
    }
    return letter
  }

  private func dead(_ event: UUIDv7, _ transaction: BrandTransaction) async throws -> OutboxLetter {
    let letter = try await locked(event, transaction)
    switch letter.state {
    case .dead: return letter
    case .waiting: throw OperationRefused(.conflict, "event \(event) is no dead letter: it waits to be published")
    case .published: throw OperationRefused(.conflict, "event \(event) is no dead letter: the stream has it")
    }
  }

  private func record(
    _ action: AuditAction, _ letter: OutboxLetter, newPayload: String?, _ act: OperatorAct, _ transaction: BrandTransaction
  ) async throws {
    let resource: AuditResource =
      switch table {
      case .wallet: .walletOutbox
      case .player: .playerOutbox
      }
    let old: JSONValue = ["state": "dead", "payload": try JSONDocument.parse(Array(letter.payload.utf8))]
    let new: JSONValue =
      if let newPayload { ["state": "dead", "payload": try JSONDocument.parse(Array(newPayload.utf8))] } else { ["state": "waiting"] }
    try await AdminAudit.append(
      AuditEntry(action, resource, letter.id.description, by: act.operatorID, old: old, new: new, reason: act.reason), in: transaction)
  }
}
