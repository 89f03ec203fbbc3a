package import Audit
package import Kernel
package import Postgres

/// What an operator looks up in the system event ledger. Nothing here changes it.
package struct EventOperations: Sendable {
  private let database: Database

  package init(database: Database) { self.database = database }

  /// Newest first.
  ///
  /// - Parameter brand: nil for every brand and what has none.
  package func list(_ filter: SystemEventFilter, brand: BrandID?, limit: Int) async throws -> [SystemEventRecord] {
    guard let brand else {
      return try await database.withPlatform { transaction in try await SystemEvents.page(filter, limit: limit, in: transaction) }
    }
    return try await database.withBrand(brand) { transaction in try await SystemEvents.page(filter, limit: limit, in: transaction) }
  }

  /// - Throws: ``OperationRefused`` where there is no such event.
  package func find(_ id: Int64) async throws -> SystemEventRecord {
    let record = try await database.withPlatform { transaction in try await SystemEvents.record(id, in: transaction) }
    guard let record else { throw OperationRefused(.notFound, "there is no event \(id)") }
    return record
  }
}
