internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon wallet check` (S0-WAL-07).
struct WalletCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check the chain, the sums of commands and the buckets of each brand. Changes nothing.",
    discussion:
      """
      Without --full it checks what wallet_worker has not checked yet, and looks again at what that found. Exit status 3 when something is
      wrong; each finding names the exact entry, command or bucket.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Flag(name: .customLong("full"), help: "Every entry from the first one on, and every player's buckets.")
  var isFull = false

  @Option(help: "The brand's number; every brand without it.")
  var brand: BrandArgument?

  func run() async throws {
    let results = try await DatabaseSession.with(configuration) { database in
      try await WalletCheckOperations(database: database).run(brand: brand?.id, isFull: isFull) { brand, entries, players in
        Terminal.message("brand \(brand.code): \(entries) entries, \(players) players")
      }
    }
    output.print(json: json(results), text: text(results))
    let count = results.reduce(0) { $0 + $1.findings.count }
    guard count == 0 else { throw CommandFailure(.verificationFailed, "\(count) findings; see the playbook, wallet_invariant_violations") }
  }

  private func json(_ results: [WalletCheckResult]) -> JSONValue {
    .array(
      results.map { result in
        [
          "brand_id": .number("\(result.brand.id)"), "brand_code": .string("\(result.brand.code)"),
          "entries": .number("\(result.entryCount)"), "players": .number("\(result.playerCount)"),
          "last_entry": .number("\(result.lastEntry)"),
          "findings": .array(
            result.findings.map { ["kind": .string($0.kind), "subject": .string($0.subject), "detail": .string($0.detail)] }),
        ]
      })
  }

  private func text(_ results: [WalletCheckResult]) -> String {
    var brands = TextTable("BRAND", "ENTRIES", "PLAYERS", "LAST ENTRY", "FINDINGS")
    var findings = TextTable("BRAND", "KIND", "SUBJECT", "DETAIL")
    for result in results {
      brands.add(
        "\(result.brand.code)", "\(result.entryCount)", "\(result.playerCount)", "\(result.lastEntry)", "\(result.findings.count)")
      for finding in result.findings { findings.add("\(result.brand.code)", finding.kind, finding.subject, finding.detail) }
    }
    return results.allSatisfy(\.findings.isEmpty) ? brands.text : brands.text + "\n\n" + findings.text
  }
}
