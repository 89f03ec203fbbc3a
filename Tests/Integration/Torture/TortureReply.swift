/// What one attempt came to.
struct TortureReply: Hashable, Sendable {
  let status: Int
  let body: String
  let reason: String?

  var isAccepted: Bool { (200...299).contains(status) }

  /// An answer that leaves open whether the command was applied, or says that it is worth another try.
  /// Also what the gateway says while Redis has forgotten hosts and sessions: the command never reached the wallet.
  var isAmbiguous: Bool { [502, 503, 504].contains(status) || ["unknown_domain", "session_missing"].contains(reason ?? "") }

  /// Refusals that the wallet gives without keeping them as the key's answer.
  var isKept: Bool {
    isAccepted
      || !["idempotency_mismatch", "idempotency_brand_split", "cross_brand_rejected", "player_not_found", "draining"].contains(reason ?? "")
  }
}
