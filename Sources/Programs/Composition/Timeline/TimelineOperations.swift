internal import Kernel
internal import Platform
package import Postgres

/// Puts system events, deploys, changes of keys and the audits side by side (S4-INC-13). Nothing here changes anything.
package struct TimelineOperations: Sendable {
  private static let deadline: Duration = .seconds(60)

  private let database: Database

  package init(database: Database) { self.database = database }

  /// - Throws: ``OperationRefused`` where nothing is known of the request.
  package func timeline(_ question: TimelineQuestion) async throws -> Timeline {
    let window = try await window(of: question)
    // One more of each ledger than is shown, so that what is left out is known.
    let limit = Int64(question.limit) + 1
    let (joined, own, failure) = try await database.withPlatform(deadline: Self.deadline) { transaction in
      let found = try await Self.all(question, window, limit, transaction)
      guard let request = question.requestID else {
        let failures = try await TimelineStore.events(window, question.brand, onlyFailures: true, limit: 1, transaction)
        return (found, [TimelineEntry](), failures.first)
      }
      let own = try await Self.own(request, question, window, limit, transaction)
      return (found, own, nil)
    }
    var found = joined
    for brand in try await brands(question) {
      found += try await database.withBrand(brand, deadline: Self.deadline) { transaction in
        try await TimelineStore.recoveries(window, limit: limit, transaction)
      }
    }
    return Timeline(found, own: own, failure: failure, in: window, limit: question.limit)
  }

  private static func all(
    _ question: TimelineQuestion, _ window: ClosedRange<Timestamp>, _ limit: Int64, _ transaction: PlatformTransaction
  ) async throws -> [TimelineEntry] {
    try await TimelineStore.events(window, question.brand, limit: limit, transaction)
      + TimelineStore.acts(window, question.brand, limit: limit, transaction)
      + TimelineStore.violations(window, question.brand, limit: limit, transaction)
      + TimelineStore.changes(window, limit: limit, transaction)
  }

  private static func own(
    _ request: String, _ question: TimelineQuestion, _ window: ClosedRange<Timestamp>, _ limit: Int64, _ transaction: PlatformTransaction
  ) async throws -> [TimelineEntry] {
    try await TimelineStore.events(window, question.brand, request: request, limit: limit, transaction)
      + TimelineStore.acts(window, question.brand, request: request, limit: limit, transaction)
  }

  private func window(of question: TimelineQuestion) async throws -> ClosedRange<Timestamp> {
    var seen: Timestamp?
    if let request = question.requestID {
      seen = try await database.withPlatform(deadline: Self.deadline) { transaction in
        try await TimelineStore.seen(request, question.brand, transaction)
      }
      if seen == nil {
        throw OperationRefused(.notFound, "nothing is known of request \(request); an event is there a second after its answer")
      }
    }
    guard let window = question.window(seen: seen, now: WallClock.system.now()) else {
      throw OperationRefused(.unusable, "the stretch of time ends before it begins")
    }
    return window
  }

  private func brands(_ question: TimelineQuestion) async throws -> [BrandID] {
    if let brand = question.brand { return [brand] }
    return try await BrandCatalog(database: database).all().map(\.id)
  }
}
