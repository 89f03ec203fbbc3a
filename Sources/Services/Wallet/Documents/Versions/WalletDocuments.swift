internal import Audit
package import Kernel
package import Platform
package import Postgres

/// The life of a brand's topology or policy: written as a draft, activated or discarded, never changed. HTTP and the program do it by
/// this alone. Each change and its audit row are one transaction of one brand; nothing here can name two.
package struct WalletDocuments: Sendable {
  /// For the dry run, which looks at many balances.
  private static let scanDeadline: Duration = .seconds(30)
  package static let scanRowsDefault: Int64 = 1_000_000
  package static let scanRowsMax: Int64 = 10_000_000

  package let kind: WalletDocumentKind
  private let database: Database
  private let store: WalletDocumentStore
  private let judge: WalletActivationJudge

  package init(_ kind: WalletDocumentKind, database: Database) {
    self.kind = kind
    self.database = database
    store = WalletDocumentStore(kind: kind)
    judge = WalletActivationJudge(kind: kind)
  }

  // MARK: Reading

  /// Newest first, from before the version `before`.
  package func versions(of brand: BrandID, before: Int64? = nil, limit: Int) async throws -> [WalletDocumentVersion] {
    try await database.withBrand(brand) { try await store.page(before: before, limit: limit, $0) }
  }

  package func version(_ number: Int64, of brand: BrandID) async throws -> WalletDocumentVersion {
    try await database.withBrand(brand) { try await found(number, $0) }
  }

  /// Nil where none is active.
  package func active(of brand: BrandID) async throws -> WalletDocumentVersion? {
    try await database.withBrand(brand) { try await store.active($0) }
  }

  /// - Parameter from: nil for the active version.
  package func difference(from: Int64?, to: Int64, of brand: BrandID) async throws -> WalletDocumentDifference {
    try await database.withBrand(brand) { transaction in
      let new = try await found(to, transaction)
      guard let from else {
        guard let active = try await store.active(transaction) else { throw Problem(kind.missing) }
        return WalletDocumentDifference(from: active, to: new)
      }
      return WalletDocumentDifference(from: try await found(from, transaction), to: new)
    }
  }

  /// What activating the version would do. Changes nothing, takes no lock, and looks at `rowsMax` balances at most.
  package func check(_ number: Int64, of brand: BrandID, rowsMax: Int64 = scanRowsDefault) async throws -> WalletDocumentCheck {
    try await database.withBrand(brand, isolation: .repeatableRead, deadline: Self.scanDeadline) { transaction in
      try await judge.check(
        try await found(number, transaction), after: try await store.active(transaction), rowsMax: rowsMax, transaction)
    }
  }

  // MARK: Changing

  /// Writes a draft and returns it; of a dry run only the number that it would have.
  ///
  /// - Throws: `unknown_field` or `invalid_field` with the places.
  package func draft(
    _ document: JSONValue, of brand: BrandID, by act: WalletDocumentAct, isDryRun: Bool = false
  ) async throws -> (number: Int64, version: WalletDocumentVersion?) {
    if let refusal = WalletDocumentRules.refusal(ofNew: document, kind) { throw refusal }
    return try await change(brand) { transaction in
      let number = try await store.nextVersion(transaction)
      guard !isDryRun else { return (number, nil) }
      let version = try await written(document, number, act, transaction)
      try await record(.walletDocumentDraft, number, old: nil, new: version.json, act, transaction)
      return (number, version)
    }
  }

  /// Retires a draft that nobody wants.
  package func discard(
    _ number: Int64, of brand: BrandID, by act: WalletDocumentAct, isDryRun: Bool = false
  ) async throws -> WalletDocumentVersion {
    try await change(brand) { transaction in
      let draft = try await found(number, transaction)
      guard draft.status == .draft else { throw Self.closed(draft) }
      guard !isDryRun else { return draft }
      guard try await store.retire(draft, transaction) else { throw Self.overtaken(number) }
      let retired = try await found(number, transaction)
      try await record(.walletDocumentDiscard, number, old: draft.json, new: retired.json, act, transaction)
      return retired
    }
  }

  /// Retires the active version and activates another in one transaction: if we stop between the two, nothing has changed.
  ///
  /// - Throws: `document_version_conflict` when another version is active than the caller names; `document_closed` for a version that is
  ///   no draft; `activation_refused` with everything that stands against it.
  package func activate(
    _ asked: WalletDocumentActivation, of brand: BrandID, by act: WalletDocumentAct, isDryRun: Bool = false
  ) async throws -> WalletDocumentActivated {
    try await change(brand) { transaction in
      let (wanted, active) = (try await found(asked.version, transaction), try await store.active(transaction))
      try expect(asked, wanted, active)
      try await judge.admit(wanted, after: active, transaction)
      guard !isDryRun else { return WalletDocumentActivated(version: wanted, previous: active?.version) }
      let number = asked.copies ? try await store.nextVersion(transaction) : wanted.version
      if asked.copies { try await store.insert(wanted.document, version: number, by: act.operatorID, transaction) }
      if let active, try await !store.retire(active, transaction) { throw Self.overtaken(active.version) }
      guard try await store.activate(number, by: act.operatorID, transaction) else { throw Self.overtaken(number) }
      let activated = try await found(number, transaction)
      var new: [(String, JSONValue)] = [("active", activated.json)]
      if asked.copies { new.append(("copy_of", .integer(wanted.version))) }
      try await record(
        .walletDocumentActivate, number, old: active.map { ["active": $0.json] }, new: .members(new), act, transaction)
      return WalletDocumentActivated(version: activated, previous: active?.version)
    }
  }

  private func expect(
    _ asked: WalletDocumentActivation, _ wanted: WalletDocumentVersion, _ active: WalletDocumentVersion?
  ) throws(Problem) {
    guard active?.version == asked.expectedActive else {
      let (found, expected) = (active.map { "version \($0.version)" } ?? "none", asked.expectedActive.map { "version \($0)" } ?? "none")
      throw Problem(.documentVersionConflict, detail: "\(found) is active, not \(expected)")
    }
    if asked.copies ? wanted.status == .active : wanted.status != .draft { throw Self.closed(wanted) }
  }

  // MARK: Parts

  /// A transaction of the brand in which nobody else changes its documents. What is refused by the walls below (a version that somebody
  /// activated without this lock, a brand that isn't there) is told as a refusal.
  private func change<Value>(_ brand: BrandID, _ body: (BrandTransaction) async throws -> Value) async throws -> Value {
    do {
      return try await database.withBrand(brand) { transaction in
        try await WalletDocumentLock().takeFromWriters(transaction)
        return try await body(transaction)
      }
    } catch let error as PostgresError where error.sqlState == .uniqueViolation && error.table == kind.table {
      throw Problem(.documentVersionConflict, detail: "somebody else wrote or activated a version at the same time")
    } catch let error as PostgresError where error.sqlState == .foreignKeyViolation && error.table == kind.table {
      throw Problem(.notFound, detail: "there is no brand \(brand)")
    }
  }

  private func found(_ number: Int64, _ transaction: BrandTransaction) async throws -> WalletDocumentVersion {
    guard let version = try await store.find(number, transaction) else {
      throw Problem(.notFound, detail: "the brand has no \(kind.rawValue) version \(number)")
    }
    return version
  }

  private func written(
    _ document: JSONValue, _ number: Int64, _ act: WalletDocumentAct, _ transaction: BrandTransaction
  ) async throws -> WalletDocumentVersion {
    try await store.insert(document, version: number, by: act.operatorID, transaction)
    return try await found(number, transaction)
  }

  private func record(
    _ action: AuditAction, _ number: Int64, old: JSONValue?, new: JSONValue, _ act: WalletDocumentAct, _ transaction: BrandTransaction
  ) async throws {
    try await AdminAudit.append(
      AuditEntry(
        action, kind.resource, String(number), by: act.operatorID, old: old, new: new, reason: act.reason, requestID: act.requestID),
      in: transaction)
  }

  private static func closed(_ version: WalletDocumentVersion) -> Problem {
    Problem(.documentClosed, detail: "version \(version.version) is \(version.status.rawValue)")
  }

  private static func overtaken(_ number: Int64) -> Problem {
    Problem(.documentVersionConflict, detail: "somebody else changed version \(number) at the same time")
  }
}
