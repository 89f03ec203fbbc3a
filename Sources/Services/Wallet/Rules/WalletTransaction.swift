package import Kernel

/// The business object behind one or more commands: a deposit, a withdrawal, a bet, a bonus and so on, with its state
/// (`wallet.wallet_transaction`).
package struct WalletTransaction: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case deposit
    case withdraw
    case bet
    case adjust
    case bonus
    case rebate
    case cashback
    case lossback
    case transfer
  }

  /// deposit: pending → approved | declined. withdraw: requested → approved → paid, or declined before it is paid.
  /// bet: authorized → settled | rolled_back; settled → settled (it may win more than once) | rolled_back, where the policy allows these.
  /// bonus: granted → converted | completed | forfeited. adjust, rebate, cashback, lossback, transfer: applied.
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
    case granted
    case converted
    case completed
    case forfeited

    /// Whether ``WalletTransaction/settledAmount`` is part of what the transaction now is.
    package var showsSettledAmount: Bool {
      switch self {
      case .settled, .converted, .completed, .forfeited: true
      case .pending, .requested, .approved, .declined, .paid, .authorized, .rolledBack, .applied, .granted: false
      }
    }
  }

  /// A UUIDv7, chosen by Cordon.
  package let id: String
  package let kind: Kind
  package var state: State
  package let amount: Int64
  /// What a settled bet has paid (also once it is rolled back), or what a closed bonus moved; zero for everything else.
  package var settledAmount: Int64
  package let provider: String?
  /// The provider's own id of a bet, unique per brand and provider.
  package let reference: String?
  package let round: String?
  /// The turnover in minor units that a bonus asks for; nil for everything else.
  package let requirement: Int64?
  /// Which buckets gave the amount, as the ledger says.
  package let parts: [BucketAmount]
  package let createdAt: Timestamp

  package init(
    id: String, createdAt: Timestamp, kind: Kind, state: State, amount: Int64, settledAmount: Int64 = 0, provider: String? = nil,
    reference: String? = nil, round: String? = nil, requirement: Int64? = nil, parts: [BucketAmount] = []
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
    self.requirement = requirement
    self.parts = parts
  }
}
