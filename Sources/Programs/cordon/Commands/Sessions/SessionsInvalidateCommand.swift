internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon sessions invalidate --brand N [--player P] | --all` (S0-JWT-10, S0-JWT-22).
struct SessionsInvalidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invalidate", abstract: "End living sessions; their players have to log in again.",
    discussion: "Access tokens of an ended session are refused at once, refresh tokens too. Safe to repeat after an interruption.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument?

  @Option(help: "Only this player of the brand.")
  var player: Int64?

  @Flag(help: "Every session of every brand.")
  var all = false

  func run() async throws {
    guard all == (brand == nil), player == nil || brand != nil else {
      throw CommandFailure(.usage, "say --brand N, --brand N --player P, or --all")
    }
    let act = try operation.act()
    let subject = try player.map { number in
      guard let player = PlayerID(number) else { throw CommandFailure(.usage, "\(number) is no player") }
      return player
    }
    if !change.isDryRun { try change.requireConsent("End \(scope)?") }
    let ended = try await DatabaseSession.writing(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        try await SessionOperations(database: database, redis: redis)
          .invalidate(brand: brand?.id, player: subject, by: act, isDryRun: change.isDryRun)
      }
    }
    output.print(json: json(ended), text: text(ended))
  }

  private var scope: String {
    guard let brand else { return "every session of every brand" }
    return player.map { "the sessions of player \($0) of brand \(brand.id)" } ?? "every session of brand \(brand.id)"
  }

  private func json(_ ended: [SessionCount]) -> JSONValue {
    [
      "dry_run": .boolean(change.isDryRun),
      "brands": .array(ended.map { ["brand_id": .number("\($0.brand)"), "sessions": .number("\($0.sessions)")] }),
    ]
  }

  private func text(_ ended: [SessionCount]) -> String {
    var table = TextTable("BRAND", change.isDryRun ? "WOULD END" : "ENDED")
    for line in ended { table.add("\(line.brand)", "\(line.sessions)") }
    return table.text
  }
}
