internal import ArgumentParser
internal import Platform

/// The tables that a freeze is about.
struct FreezeArguments: ParsableArguments {
  @Argument(help: "Tables, or families of tables. cordon.player is the table where player is the family.")
  var names: [String]

  func tables() throws -> [String] {
    var tables: [String] = []
    for name in names {
      guard let found = TableFamily.tables(named: name) else {
        let families = TableFamily.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure(.notFound, "there is no table \(name), and no family of tables; families are \(families)")
      }
      tables += found.filter { !tables.contains($0) }
    }
    return tables
  }
}
