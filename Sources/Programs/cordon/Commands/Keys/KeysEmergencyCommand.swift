internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform
internal import Security

/// `cordon keys emergency KID` (S0-JWT-10).
struct KeysEmergencyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emergency", abstract: "Take a leaked key out at once: end every session, then wait until no verifier accepts the key.",
    discussion: """
      Give the issuers a new key first, and the verifiers its public half; refused while JWT_KID or ADMIN_JWT_KID names the leaked one. Every player \
      has to log in again. The verifiers' JWT_PUBLIC_KEYS are put in place by --apply, or by whoever deploys while this waits. Exit status 75 names \
      the verifiers that still accept the key or don't answer: the sessions have ended then, and the command is repeated. Safe to repeat after any \
      interruption.
      """)

  @Argument(help: "The key id to take out.")
  var key: String

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var deployment: DeploymentArguments

  @Option(help: "A shell command that puts JWT_PUBLIC_KEYS where the verifiers read it; told by ROTATED_KID and ROTATED_PUBLIC_KEYS.")
  var apply: String?

  @Option(name: .customLong("wait-seconds"), help: "How long the verifiers may take to drop the key.")
  var waitSeconds = 60

  func run() async throws {
    guard 1...3600 ~= waitSeconds else { throw CommandFailure(.usage, "--wait-seconds is 1 to 3600") }
    guard let leaked = KeyID(key) else { throw CommandFailure(.usage, "\(key) can't be a key id") }
    let act = try operation.act()
    let settings = try configuration.load()
    let keys = try PublicKeysSetting(settings)
    try check(leaked, keys, settings)
    let instances = try deployment.operations(settings).instances
    if !change.isDryRun { try change.requireConsent("End every session of every brand and take out \(leaked)?") }
    try await DatabaseSession.writing(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        try await run(leaked, keys, by: act, KeyOperations(database: database, redis: redis, instances: instances))
      }
    }
  }

  private func check(_ leaked: KeyID, _ keys: PublicKeysSetting, _ settings: EffectiveConfiguration) throws {
    let signing = [Settings.jwtKeyID, Settings.adminJWTKeyID].compactMap { settings.text($0) }.compactMap { KeyID($0) }
    do throws(KeyEmergencyRules.Refusal) {
      try KeyEmergencyRules.check(leaked, among: keys.ids, signing: signing)
    } catch {
      switch error {
      case .onlyKey: throw CommandFailure(.conflict, "\(leaked) is the only key; give issuers and verifiers a new one first")
      case .signs: throw CommandFailure(.conflict, "an issuer is configured to sign with \(leaked); give it a new key first")
      }
    }
  }

  private func run(_ leaked: KeyID, _ keys: PublicKeysSetting, by act: OperatorAct, _ operations: KeyOperations) async throws {
    let accepting = await operations.accepting(leaked)
    if !keys.ids.contains(leaked) {
      // A mistyped key must not log everybody out.
      guard try await operations.wasBegun(leaked) else { throw CommandFailure(.notFound, "JWT_PUBLIC_KEYS has no key \(leaked)") }
    }
    guard !change.isDryRun else {
      return report(try await operations.endSessions(by: act, isDryRun: true), accepting)
    }
    try await operations.record(leaked, among: keys.ids, by: act)
    let ended = try await operations.endSessions(by: act, isDryRun: false)
    Terminal.message("every session has ended: \(ended.reduce(0) { $0 + $1.sessions })")
    try await deploy(leaked, keys.without(leaked))
    let remaining = try await operations.remaining(leaked, within: .seconds(waitSeconds))
    report(ended, remaining)
    guard remaining.isEmpty else {
      throw CommandFailure(
        .temporary, "\(leaked) is accepted, or nobody answers, at \(Self.names(remaining)); give them the keys and repeat this")
    }
  }

  private func deploy(_ leaked: KeyID, _ rest: PublicKeysSetting) async throws {
    guard let apply else { return Terminal.message("put this where the verifiers read it: \(rest.line)") }
    try await ApplyHook(command: apply).run(
      ["ROTATED_KID": leaked.rawValue, "ROTATED_PUBLIC_KEYS": rest.json], for: leaked.rawValue, within: .seconds(waitSeconds),
      consequence: "the sessions have ended, and the key is still accepted; repeat this")
  }

  // MARK: What it says

  private func report(_ sessions: [SessionCount], _ accepting: [ServiceInstance]) {
    output.print(json: json(sessions, accepting), text: text(sessions, accepting))
  }

  private func json(_ sessions: [SessionCount], _ accepting: [ServiceInstance]) -> JSONValue {
    [
      "dry_run": .boolean(change.isDryRun), "kid": .string(key),
      "brands": .array(sessions.map { ["brand_id": .number("\($0.brand)"), "sessions": .number("\($0.sessions)")] }),
      "accepted_by": .array(accepting.map { ["service": .string($0.role.rawValue), "url": .string($0.url)] }),
    ]
  }

  private func text(_ sessions: [SessionCount], _ accepting: [ServiceInstance]) -> String {
    var table = TextTable("BRAND", change.isDryRun ? "WOULD END" : "ENDED")
    for line in sessions { table.add("\(line.brand)", "\(line.sessions)") }
    return "\(table.text)\n" + (accepting.isEmpty ? "no verifier accepts \(key)" : "\(key) is accepted by \(Self.names(accepting))")
  }

  private static func names(_ instances: [ServiceInstance]) -> String {
    instances.map { "\($0.role.rawValue) (\($0.url))" }.joined(separator: ", ")
  }
}
