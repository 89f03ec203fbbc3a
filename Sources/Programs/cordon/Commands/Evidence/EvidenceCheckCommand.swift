internal import ArgumentParser
internal import Audit
internal import Composition
internal import Evidence
internal import Kernel
internal import Platform
internal import Postgres

/// `cordon evidence check` (S4-RST-02, S0-FUP-03).
struct EvidenceCheckCommand: AsyncParsableCommand {
  private struct Checked {
    let brand: Brand?
    let log: LedgerLog
    let result: LogAudit.Result

    var place: String { brand.map { "\($0.code)" } ?? "-" }
  }

  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read every log from its first entry and compare it with everything that was signed of it.",
    discussion: "Exit status 3 when an entry or a checkpoint is not what it was; each finding names the first such place. Changes nothing.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The brand's number; every brand, and the platform, without it.")
  var brand: BrandArgument?

  @Option(help: "A ledger (\(LedgerArgument.allValueStrings.joined(separator: ", "))); may be given again. All of them without it.")
  var ledger: [LedgerArgument] = []

  func run() async throws {
    let checked = try await DatabaseSession.with(configuration) { try await check($0) }
    output.print(json: .array(checked.map(Self.json)), text: Self.text(checked))
    let refused = checked.filter { $0.result.refusal != nil }
    guard refused.isEmpty else {
      let places = refused.map { "\($0.place) \($0.log.ledger.rawValue)" }
      throw CommandFailure(.verificationFailed, "not as signed: \(places.joined(separator: ", "))")
    }
  }

  private func check(_ database: Database) async throws -> [Checked] {
    let operations = EvidenceOperations(database: database)
    let ledgers = ledger.map(\.ledger)
    var scopes: [(brand: Brand?, scope: LogScope)] = try await operations.brands(brand?.id).map { ($0, .brand($0.id)) }
    if brand == nil {
      // Some ledgers are of brands alone, and one is of the platform.
      scopes.append((nil, .platform))
      scopes.removeAll { !operations.hasLogs(of: $0.scope, only: ledgers) }
    }
    var checked: [Checked] = []
    for (brand, scope) in scopes {
      for log in try operations.logs(of: scope, only: ledgers) {
        let result = try await operations.check(log) { Terminal.message("\(scope) \(log.ledger.rawValue): \($0) entries") }
        checked.append(Checked(brand: brand, log: log, result: result))
      }
    }
    return checked
  }

  private static func json(_ checked: Checked) -> JSONValue {
    let result = checked.result
    return [
      "brand_id": checked.brand.map { .number("\($0.id)") } ?? .null, "brand_code": checked.brand.map { .string("\($0.code)") } ?? .null,
      "ledger": .string(checked.log.ledger.rawValue), "entries": .integer(result.entries), "signed": .integer(result.signed),
      "checkpoints": .integer(result.checkpoints), "reason": result.refusal.map { .string($0.reason.rawValue) } ?? .null,
      "detail": result.refusal.map { .string($0.detail) } ?? .null,
    ]
  }

  private static func text(_ checked: [Checked]) -> String {
    var table = TextTable("BRAND", "LEDGER", "ENTRIES", "SIGNED", "CHECKPOINTS", "VERDICT")
    for one in checked {
      let result = one.result
      table.add(
        one.place, one.log.ledger.rawValue, "\(result.entries)", "\(result.signed)", "\(result.checkpoints)",
        result.refusal.map { "\($0)" } ?? "as signed")
    }
    return table.text
  }
}
