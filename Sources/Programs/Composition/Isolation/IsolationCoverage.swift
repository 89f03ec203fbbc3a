internal import Kernel

/// Whether the table says of every operation, and of every place that can name something, how it is asked. Pure.
enum IsolationCoverage {
  static func findings(_ operations: [DescribedOperation], _ table: IsolationTable) -> [IsolationFinding] {
    let rows = Dictionary(grouping: table.rows) { Name($0.role, $0.operation) }
    let described = Set(operations.map { Name($0.role, $0.id) })
    let forgotten = operations.filter { rows[Name($0.role, $0.id)] == nil }.map { operation in
      IsolationFinding(
        .coverage, operation.role.rawValue, "\(operation.id) (\(operation.method) \(operation.path))", "has no row in the isolation table")
    }
    let stale = rows.keys.filter { !described.contains($0) }.map {
      IsolationFinding(.coverage, $0.role.rawValue, $0.operation, "has a row in the isolation table, but no document describes it")
    }
    let double = rows.filter { $0.value.count > 1 }.map {
      IsolationFinding(.coverage, $0.key.role.rawValue, $0.key.operation, "has \($0.value.count) rows in the isolation table")
    }
    let unfilled = operations.flatMap { operation in
      (rows[Name(operation.role, operation.id)] ?? []).flatMap { findings(operation, $0) }
    }
    return (forgotten + stale + double + unfilled).sorted { $0.description < $1.description }
  }

  /// The places of an operation of which its row says nothing.
  private static func findings(_ operation: DescribedOperation, _ row: IsolationRow) -> [IsolationFinding] {
    let known: Set<IsolationPlace>
    switch row.subject {
    case .nothing(.platformWide): return []
    case .nothing(.namesNothing): known = []
    case .asks(let ask): known = ask.barred == nil ? probedOrShared(ask) : operation.places
    }
    return operation.places.subtracting(known).map { place in
      IsolationFinding(.coverage, operation.role.rawValue, operation.id, "\(place) may name another brand's thing, and no probe fills it")
    }
  }

  private static func probedOrShared(_ ask: IsolationAsk) -> Set<IsolationPlace> {
    let said = ask.places.filter { _, value in
      switch value {
      case .thing, .filter, .ignored, .shared: true
      case .own, .plain: false
      }
    }
    // A list of identifiers is described by its own name.
    return Set(
      said.flatMap { place, _ in
        [place, IsolationPlace(place.part, place.name.split(separator: "/").first.map { String($0) } ?? place.name)]
      })
  }

  private struct Name: Hashable {
    let role: ServiceRole
    let operation: String

    init(_ role: ServiceRole, _ operation: String) {
      self.role = role
      self.operation = operation
    }
  }
}
