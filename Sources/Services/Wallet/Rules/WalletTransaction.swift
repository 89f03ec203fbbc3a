internal import Kernel

/// The business object behind one or more commands: a deposit, a withdrawal, a bet or an adjustment, with its state.
package struct WalletTransaction: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case deposit
    case withdrawal
    case bet
    case adjustment
  }

  /// deposit: pending → approved | declined. withdrawal: requested → approved → paid, or declined before it is paid.
  /// bet: open → settled | rolled_back. adjustment: applied.
  package enum State: String, Sendable, CaseIterable {
    case pending
    case requested
    case approved
    case declined
    case paid
    case open
    case settled
    case rolledBack = "rolled_back"
    case applied
  }

  /// A UUIDv7, chosen by Cordon.
  package let id: String
  package let kind: Kind
  package var state: State
  package let amount: Int64
  /// What a settled bet paid.
  package var settledAmount: Int64?
  /// The other party's name for a bet, unique per brand: `<provider>:<provider's transaction id>`.
  package let reference: String?
  package let provider: String?
  package let round: String?
  /// Which buckets gave the amount.
  package let parts: [BucketAmount]

  package init(
    id: String, kind: Kind, state: State, amount: Int64, settledAmount: Int64? = nil, reference: String? = nil,
    provider: String? = nil, round: String? = nil, parts: [BucketAmount] = []
  ) {
    self.id = id
    self.kind = kind
    self.state = state
    self.amount = amount
    self.settledAmount = settledAmount
    self.reference = reference
    self.provider = provider
    self.round = round
    self.parts = parts
  }
}
