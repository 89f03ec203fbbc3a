package import Kernel

/// The business object behind one or more commands: a deposit, a withdrawal, a bet or an adjustment, with its state
/// (`wallet.wallet_transaction`).
package struct WalletTransaction: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case deposit
    case withdraw
    case bet
    case adjust
  }

  /// deposit: pending → approved | declined. withdraw: requested → approved → paid, or declined before it is paid.
  /// bet: authorized → settled | rolled_back. adjust: applied.
  package enum State: String, Sendable, CaseIterable {
    case pending
    case requested
    case approved
    case declined
    case paid
    case authorized
    case settled
    case rolledBack = "rolled_back"
    case applied
  }

  /// A UUIDv7, chosen by Cordon.
  package let id: String
  package let kind: Kind
  package var state: State
  package let amount: Int64
  /// What a settled bet paid; zero for everything else.
  package var settledAmount: Int64
  package let provider: String?
  /// The provider's own id of a bet, unique per brand and provider.
  package let reference: String?
  package let round: String?
  /// Which buckets gave the amount, as the ledger says.
  package let parts: [BucketAmount]
  package let createdAt: Timestamp

  package init(
    id: String, createdAt: Timestamp, kind: Kind, state: State, amount: Int64, settledAmount: Int64 = 0, provider: String? = nil,
    reference: String? = nil, round: String? = nil, parts: [BucketAmount] = []
  ) {
    self.id = id
    self.createdAt = createdAt
    self.kind = kind
    self.state = state
    self.amount = amount
    self.settledAmount = settledAmount
    self.provider = provider
    self.reference = reference
    self.round = round
    self.parts = parts
  }
}
