internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// The event of an accepted command, as the outbox keeps it and the stream carries it (`docs/formats/events/wallet-command.md`).
struct WalletCommandEvent: Sendable {
  let id: String
  let type: String
  let payload: Postgres.JSONText

  init(_ decision: WalletDecision, of request: WalletRequest, id: String, at moment: Timestamp) throws {
    self.id = id
    self.type = "wallet.\(request.action.name.rawValue)"
    let body = WalletEventBody(
      event: id, type: type, version: 1, brand: request.brand.id.rawValue, brandCode: request.brand.code.rawValue, request: request.key,
      player: request.player.rawValue,
      transaction: decision.transaction.map { WalletAnswers.entry(of: $0, player: request.player, currency: request.brand.currency) },
      currency: request.brand.currency.code,
      postings: decision.postings.map {
        WalletEventBody.Posting(account: $0.account.name, amount: $0.amount, balanceAfter: $0.balanceAfter)
      },
      occurredAt: moment.description)
    self.payload = Postgres.JSONText(String(decoding: try JSONBytes.encode(body), as: UTF8.self))
  }
}
