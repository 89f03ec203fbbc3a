internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon brand doctor` (S0-RB-12).
struct BrandDoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Find agents that no brand admits, hosts that lead nowhere, and missing rows of brand_config.",
    discussion: """
      Exit status 3 while something is found. --fix puts back what has one right value: an agent of no brand is admitted in the default one, Redis says \
      what PostgreSQL says, missing rows of brand_config get the documented values; each repair is audited. The rest is named with what to do.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Flag(name: .customLong("fix"), help: "Repair what can be repaired. Takes --operator-id and --reason.")
  var isRepairing = false

  @Option(name: .customLong("operator-id"), help: "Who repairs, as admin_audit keeps it.")
  var operatorID = ""

  @Option(help: "Why, as admin_audit keeps it.")
  var reason = ""

  func run() async throws {
    let act = OperatorAct(operatorID: operatorID, reason: reason)
    guard !isRepairing || act != nil else { throw CommandFailure(.usage, "--fix takes --operator-id and --reason") }
    let (found, left) = try await DatabaseSession.writing(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        let doctor = BrandDoctor(database: database, redis: redis)
        let found = try await doctor.ailments()
        guard isRepairing, let act else { return (found, found) }
        try await doctor.repair(found, by: act)
        return (found, try await doctor.ailments())
      }
    }
    output.print(json: json(found, left), text: text(found, left))
    guard left.isEmpty else { throw CommandFailure(.verificationFailed, "\(left.count) findings") }
  }

  private func text(_ found: [BrandAilment], _ left: [BrandAilment]) -> String {
    guard !found.isEmpty else { return "every brand is well" }
    let repaired = found.filter { !left.contains($0) }.map { "repaired: \($0)" }
    return (repaired + left.map { ailment in ailment.description + (ailment.advice.map { ": \($0)" } ?? "") }).joined(separator: "\n")
  }

  private func json(_ found: [BrandAilment], _ left: [BrandAilment]) -> JSONValue {
    [
      "well": .boolean(left.isEmpty), "repaired": .array(found.filter { !left.contains($0) }.map { .string($0.description) }),
      "findings": .array(left.map { ["finding": .string($0.description), "advice": $0.advice.map { .string($0) } ?? .null] }),
    ]
  }
}
