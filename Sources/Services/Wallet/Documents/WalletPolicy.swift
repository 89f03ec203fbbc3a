internal import Contracts

/// The limits and rules of a brand's wallet commands. One active document per brand (S0-WAL-09, `docs/formats/wallet-commands.md`).
///
/// Members that came later are optional, so that every version that was ever activated stays readable.
package struct WalletPolicy: Hashable, Sendable, Codable {
  /// Bounds of one command's amount in minor units, both included.
  package struct AmountLimits: Hashable, Sendable, Codable {
    package let min: Int64
    package let max: Int64
  }

  /// A pair of buckets that a transfer may go between, in this direction.
  package struct Transfer: Hashable, Sendable, Codable {
    package let from: String
    package let to: String
  }

  /// By command name; a command that isn't listed has only the platform's own bound.
  package let limits: [String: AmountLimits]
  /// Nil for none.
  package let transfers: [Transfer]?
  /// Whether a bet may win more than once; nil for no.
  package let settleMany: Bool?
  /// By provider; one that isn't listed has the agreement that every provider had before.
  package let providers: [String: ProviderAgreement]?

  package init(
    limits: [String: AmountLimits], transfers: [Transfer]? = nil, settleMany: Bool? = nil, providers: [String: ProviderAgreement]? = nil
  ) {
    self.limits = limits
    self.transfers = transfers
    self.settleMany = settleMany
    self.providers = providers
  }

  enum CodingKeys: String, CodingKey {
    case limits
    case transfers
    case settleMany = "settle_many"
    case providers
  }

  package func limits(of command: WalletCommandName) -> AmountLimits? { limits[command.rawValue] }

  func allowsTransfer(from source: Bucket, to destination: Bucket) -> Bool {
    transfers?.contains(Transfer(from: source.name, to: destination.name)) == true
  }

  var settlesMany: Bool { settleMany == true }

  func agreement(with provider: String) -> ProviderAgreement { providers?[provider] ?? ProviderAgreement() }

  /// Nil when the document is usable, else what is wrong with it.
  package var fault: WalletDocumentFault? { limitsFault ?? transfersFault ?? providersFault }

  private var limitsFault: WalletDocumentFault? {
    for (name, bounds) in limits.sorted(by: { $0.key < $1.key }) {
      guard WalletCommandName(rawValue: name) != nil else { return WalletDocumentFault("limits name '\(name)', which is not a command") }
      guard bounds.min >= 0, bounds.min <= bounds.max else {
        return WalletDocumentFault("limits of '\(name)' are not an ascending pair of amounts")
      }
    }
    return nil
  }

  private var transfersFault: WalletDocumentFault? {
    for transfer in transfers ?? [] {
      guard let source = Bucket(transfer.from), let destination = Bucket(transfer.to), source != destination else {
        return WalletDocumentFault("transfers name '\(transfer.from)' to '\(transfer.to)', which are not two buckets")
      }
    }
    return nil
  }

  private var providersFault: WalletDocumentFault? {
    (providers ?? [:]).keys.sorted().first { !TextPattern.lowercaseWord.matches($0) || $0.utf8.count > 32 }.map {
      WalletDocumentFault("providers name '\($0)', which is not a provider's short name")
    }
  }
}
