internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon wallet deposits mismatched --brand N` (S0-WAL-35).
struct WalletDepositsMismatchedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mismatched", abstract: "List deposits that came through a host of another brand. Changes nothing.",
    discussion:
      "Exit status 3 when there is one. A pending one is put right by declining it: POST /v1/admin/players/P/deposits/T/decline, which is audited."
  )

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  func run() async throws {
    let deposits = try await DatabaseSession.with(configuration) {
      try await DepositOperations(database: $0).mismatched(brand: brand.id)
    }
    output.print(json: json(deposits), text: text(deposits))
    guard deposits.isEmpty else {
      throw CommandFailure(.verificationFailed, "\(deposits.count) deposits of brand \(brand.id) came through another brand's host")
    }
  }

  private func json(_ deposits: [MismatchedDeposit]) -> JSONValue {
    .array(
      deposits.map { deposit in
        [
          "transaction_id": .string("\(deposit.transaction)"), "player_id": .number("\(deposit.player)"), "state": .string(deposit.state),
          "amount": .number("\(deposit.amount)"), "currency": .string(deposit.currency), "origin_host": .string(deposit.originHost),
          "host_brand_id": .number("\(deposit.hostBrand)"),
        ]
      })
  }

  private func text(_ deposits: [MismatchedDeposit]) -> String {
    var table = TextTable("TRANSACTION", "PLAYER", "STATE", "AMOUNT", "HOST", "HOST'S BRAND")
    for deposit in deposits {
      table.add(
        "\(deposit.transaction)", "\(deposit.player)", deposit.state, "\(deposit.amount) \(deposit.currency)", deposit.originHost,
        "\(deposit.hostBrand)")
    }
    return table.text
  }
}
