internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform
internal import Wallet

/// `cordon evidence check` (S4-RST-02, S0-FUP-03).
struct EvidenceCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read each brand's whole ledger again and compare it with everything that was signed of it.",
    discussion: "Exit status 3 when an entry or a checkpoint is not what it was; each finding names the first such place. Changes nothing.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The brand's number; every brand without it.")
  var brand: BrandArgument?

  func run() async throws {
    let results = try await DatabaseSession.with(configuration) { database in
      let operations = EvidenceOperations(database: database)
      var results: [(brand: Brand, result: LogAudit.Result)] = []
      for brand in try await operations.brands(brand?.id) {
        results.append((brand, try await operations.check(brand.id) { Terminal.message("brand \(brand.code): \($0) entries") }))
      }
      return results
    }
    output.print(json: json(results), text: text(results))
    let refused = results.filter { $0.result.refusal != nil }
    guard refused.isEmpty else {
      throw CommandFailure(.verificationFailed, "not as signed: \(refused.map { "\($0.brand.code)" }.joined(separator: ", "))")
    }
  }

  private func json(_ results: [(brand: Brand, result: LogAudit.Result)]) -> JSONValue {
    .array(results.map { Self.json($0.brand, $0.result) })
  }

  private static func json(_ brand: Brand, _ result: LogAudit.Result) -> JSONValue {
    let reason: JSONValue = result.refusal.map { .string($0.reason.rawValue) } ?? .null
    let detail: JSONValue = result.refusal.map { .string($0.detail) } ?? .null
    return [
      "brand_id": .number("\(brand.id)"), "brand_code": .string("\(brand.code)"), "entries": .integer(result.entries),
      "signed": .integer(result.signed), "checkpoints": .integer(result.checkpoints), "reason": reason, "detail": detail,
    ]
  }

  private func text(_ results: [(brand: Brand, result: LogAudit.Result)]) -> String {
    var table = TextTable("BRAND", "ENTRIES", "SIGNED", "CHECKPOINTS", "VERDICT")
    for (brand, result) in results {
      table.add(
        "\(brand.code)", "\(result.entries)", "\(result.signed)", "\(result.checkpoints)", result.refusal.map { "\($0)" } ?? "as signed")
    }
    return table.text
  }
}
