internal import ArgumentParser
internal import Composition
internal import Platform

extension SimulatedProvider: ExpressibleByArgument {}

/// `cordon simulate provider --profile mg`.
struct SimulateProviderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provider", abstract: "Play a game provider against a running stack.",
    discussion: """
      It registers players, opens games and sends signed callbacks: bets, wins, rollbacks, ends of rounds; doubled, out of order, lost and \
      cut. A ledger of its own says what each answer and the wallet afterwards must be. For the stack of `cordon up` add \
      --config .cordon/cordon.env. Exit status 3 when anything differs.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The provider: \(SimulatedProvider.allCases.map(\.rawValue).joined(separator: ", ")).")
  var profile: SimulatedProvider

  @Option(help: "How many sessions; 20, or as many as --seconds allows.")
  var sessions: Int?

  @Option(help: "Decides everything that happens.")
  var seed: UInt64 = 1

  @Option(help: "No session begins later than this.")
  var seconds: Int?

  @Option(help: "Callbacks a second; without it as fast as answers come.")
  var rate: Int?

  @Option(help: "Only that brand's players.")
  var brand: BrandArgument?

  @Option(help: "The brands' hosts.")
  var host: [String] = ["default.local", "brand2.local"]

  @Option(help: "Only the session of that number, as a report names it.")
  var session: Int?

  func validate() throws {
    for (name, value, bound) in [
      ("sessions", sessions, 1_000_000), ("seconds", seconds, 86_400), ("rate", rate, 100_000),
    ] {
      if let value, !(1...bound).contains(value) { throw ValidationError("--\(name) is from 1 to \(bound)") }
    }
    if let session, !(0..<1_000_000).contains(session) { throw ValidationError("--session is from 0 to 999999") }
    if session != nil, sessions != nil || seconds != nil { throw ValidationError("--session is one, so neither --sessions nor --seconds") }
  }

  func run() async throws {
    var options = SimulatorOptions(provider: profile)
    (options.seed, options.sessions, options.onlySession, options.seconds) = (seed, sessions, session, seconds)
    (options.rate, options.brand, options.hosts) = (rate, brand?.id, host)
    let report = try await ProviderSimulation(configuration: try configuration.load(), options: options).run()
    output.print(json: json(report), text: text(report))
    guard report.isEqual else { throw CommandFailure(.verificationFailed, "\(report.divergences.count) sessions or books differ") }
  }

  /// What plays the same session again.
  private func replay(_ session: Int) -> String {
    var words = ["cordon simulate provider", "--profile \(profile.rawValue)", "--seed \(seed)", "--session \(session)"]
    if let brand { words.append("--brand \(brand.id)") }
    if host != ["default.local", "brand2.local"] { words += host.map { "--host \(ShellQuoting.quoted($0))" } }
    if let file = configuration.file { words.append("--config \(ShellQuoting.quoted(file))") }
    return words.joined(separator: " ")
  }

  // MARK: Text

  private func text(_ report: SimulatorReport) -> String {
    var table = TextTable("EVENT", "ANSWER", "COUNT")
    for (event, counts) in report.answers.sorted(by: { $0.key < $1.key }) {
      for (answer, count) in counts.sorted(by: { $0.key < $1.key }) { table.add(event, answer, "\(count)") }
    }
    let fates = report.fates.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    let heading = "\(report.provider.rawValue), seed \(report.seed), plan \(report.plan.prefix(16))"
    let result = "\(report.sessions) sessions, \(report.requests) callbacks, \(report.divergences.count) divergences"
    return ([heading, "", table.text, "", fates] + report.divergences.map(text) + [result]).joined(separator: "\n")
  }

  private func text(_ divergence: SimulatorDivergence) -> String {
    let place = divergence.session.map { "session \($0) on \(divergence.brand)" } ?? "books of \(divergence.brand)"
    let lines = ["", Colour.of(.red, place), "  expected \(divergence.expected)", "  got      \(divergence.actual)"]
    let sequence = divergence.sequence.enumerated().map { "  \($0 + 1). \($1)" }
    return (lines + sequence + (divergence.session.map { ["  again: \(replay($0))"] } ?? [])).joined(separator: "\n")
  }

  // MARK: JSON

  private func json(_ report: SimulatorReport) -> JSONValue {
    let answers = report.answers.sorted { $0.key < $1.key }.map { event, counts in (event, Self.json(counts)) }
    return [
      "profile": .string(report.provider.rawValue), "seed": .integer(report.seed), "plan": .string(report.plan),
      "equal": .boolean(report.isEqual), "sessions": .integer(report.sessions), "callbacks": .integer(report.requests),
      "answers": .members(answers), "fates": Self.json(report.fates), "divergences": .array(report.divergences.map(json)),
    ]
  }

  private static func json(_ counts: [String: Int]) -> JSONValue {
    .members(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
  }

  private func json(_ divergence: SimulatorDivergence) -> JSONValue {
    [
      "session": divergence.session.map { .integer($0) } ?? .null, "brand": .string(divergence.brand),
      "expected": .string(divergence.expected), "actual": .string(divergence.actual),
      "sequence": .array(divergence.sequence.map { .string($0) }),
      "replay": divergence.session.map { .string(replay($0)) } ?? .null,
    ]
  }
}
