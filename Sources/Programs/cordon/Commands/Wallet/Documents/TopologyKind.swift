internal import Wallet

enum TopologyKind: DocumentKind {
  static let kind = WalletDocumentKind.topology
}
