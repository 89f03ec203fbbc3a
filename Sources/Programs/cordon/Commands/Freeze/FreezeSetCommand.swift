internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon freeze set TABLE… --ttl S` (S0-FRZ-02, S0-FRZ-08, S0-FRZ-09).
struct FreezeSetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Refuse writes to tables with 503 service_paused, until they are cleared or the time is over.",
    discussion: """
      Returns when the freeze has bitten everywhere and no transaction of before writes to the tables any more. Exit status 75 when one still does: the
      freeze stands then, too. Setting a frozen table anew gives it the whole time again. Reads go on.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: FreezeArguments
  @OptionGroup var operation: OperatorOptions

  @Option(help: "Seconds after which the tables take writes again by themselves, 1800 at most.")
  var ttl = Limits.tableFreezeSecondsMax

  @Option(name: .customLong("drain-seconds"), help: "How long to wait for transactions of before; 0 to return at once.")
  var drainSeconds = 30

  @Flag(help: "Stay, and give the freeze the whole time again before it ends, until interrupted. It then lasts --ttl at most.")
  var hold = false

  func run() async throws {
    guard 1...Limits.tableFreezeSecondsMax ~= ttl else {
      throw CommandFailure(.usage, "--ttl is 1 to \(Limits.tableFreezeSecondsMax) seconds; longer work sets it anew or uses --hold")
    }
    guard 0...3600 ~= drainSeconds else { throw CommandFailure(.usage, "--drain-seconds is 0 to 3600") }
    let (tables, act) = (try target.tables(), try operation.act())
    try await DatabaseSession.with(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        try await run(FreezeOperations(database: database, redis: redis), tables, act)
      }
    }
  }

  private func run(_ operations: FreezeOperations, _ tables: [String], _ act: OperatorAct) async throws {
    try await operations.freeze(tables, seconds: ttl, by: act)
    let writers = drainSeconds == 0 ? nil : try await operations.drain(tables, for: .seconds(drainSeconds))
    let frozen = try await operations.frozen().filter { tables.contains($0.table) }
    output.print(
      json: ["frozen": FreezeReport.json(frozen), "drained": writers.map { .boolean($0 == 0) } ?? .null], text: FreezeReport.text(frozen))
    if let writers, writers > 0 {
      throw CommandFailure(
        .temporary, "frozen, but \(writers) transactions of before still write; look at pg_stat_activity before you go on")
    }
    if hold { try await keep(operations, tables) }
  }

  private func keep(_ operations: FreezeOperations, _ tables: [String]) async throws {
    while true {
      try await Task.sleep(for: .milliseconds(ttl * 1000 / 3))
      guard try await operations.renew(tables, seconds: ttl) else {
        throw CommandFailure(.conflict, "somebody has cleared the freeze, or it had ended; it is not held any more")
      }
    }
  }
}
