internal import Wallet

enum PolicyKind: DocumentKind {
  static let kind = WalletDocumentKind.policy
}
