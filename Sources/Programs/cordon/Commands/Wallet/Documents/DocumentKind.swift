internal import Wallet

/// Which document a group of commands is about: the commands of both are the same.
protocol DocumentKind {
  static var kind: WalletDocumentKind { get }
}
