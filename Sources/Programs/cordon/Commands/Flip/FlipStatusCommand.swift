internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon flip status`.
struct FlipStatusCommand: AsyncParsableCommand {
  private static let historyLimit = 20

  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "The mode of each service, what is left of its soak, and the last flips.",
    discussion: "Changes nothing and is not audited. Without a database it shows the services alone.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var deployment: DeploymentArguments

  func run() async throws {
    let settings = try configuration.load()
    let operations = try deployment.operations(settings)
    let contract = SoakContract(accessMinutes: settings.integer(Settings.jwtMinutes) ?? 60, requestsMin: 0)
    guard let plan = FlipPlan(.forward, environment: settings.environment.label, only: [], of: FlipOperations.services) else { return }
    let findings = await operations.findings(plan, contract)
    let history = await history()
    output.print(json: json(findings, history), text: text(findings, history))
  }

  private func history() async -> [FlipRecord]? {
    do {
      return try await DatabaseSession.with(configuration) { try await FlipOperations.history(limit: Self.historyLimit, in: $0) }
    } catch {
      Terminal.message("the flips before this can't be read: \(error)")
      return nil
    }
  }

  private func text(_ findings: [FlipFinding], _ history: [FlipRecord]?) -> String {
    var table = TextTable("AT", "OPERATOR", "DIRECTION", "WHAT CAME OF IT", "SERVICES", "REASON")
    for record in history ?? [] {
      table.add(
        "\(record.at)", record.operatorID, record.direction, record.isRefused ? "refused" : record.isDryRun ? "dry run" : "begun",
        record.services.joined(separator: " "), record.reason)
    }
    return [FlipReport.table(findings, to: EnforcementMode.enforce.rawValue), table.text].joined(separator: "\n\n")
  }

  private func json(_ findings: [FlipFinding], _ history: [FlipRecord]?) -> JSONValue {
    [
      "services": FlipReport.services(findings),
      "history": history.map { records in
        .array(
          records.map { record in
            [
              "at": .string("\(record.at)"), "operator_id": .string(record.operatorID), "reason": .string(record.reason),
              "flip": record.value,
            ]
          })
      } ?? .null,
    ]
  }
}
