internal import Kernel
internal import Platform

/// The event of an accepted command, as the outbox keeps it and the stream carries it (`docs/formats/events/wallet-command.md`). Written by
/// hand; a test compares it with what a `WalletEventBody` encodes to.
struct WalletCommandEvent: Sendable {
  let type: String
  let payload: String

  init(_ decision: WalletDecision, of request: WalletRequest, id: UUIDv7, at moment: Timestamp) {
    type = "wallet.\(request.action.name.rawValue)"
    var json = JSONBuffer(reserving: 768)
    json.put("{\"brand_code\":", request.brand.code.rawValue)
    json.put(",\"brand_id\":", request.brand.id.rawValue)
    json.put(",\"currency\":", request.brand.currency.code)
    json.put(",\"event_id\":", id.description)
    json.put(",\"event_type\":", type)
    json.put(",\"occurred_at\":", moment.description)
    json.put(",\"player_id\":", request.player.rawValue)
    json.put(",\"postings\":[")
    for (index, posting) in decision.postings.enumerated() {
      if index > 0 { json.put(",") }
      json.put("{\"account\":", posting.account.name)
      json.put(",\"amount\":", posting.amount)
      if let after = posting.balanceAfter { json.put(",\"balance_after\":", after) }
      json.put("}")
    }
    json.put("],\"request_id\":", request.key)
    if let transaction = decision.transaction {
      json.put(",\"transaction\":")
      WalletAnswers.write(transaction, player: request.player, currency: request.brand.currency, to: &json)
    }
    json.put(",\"version\":1}")
    payload = json.text
  }
}
