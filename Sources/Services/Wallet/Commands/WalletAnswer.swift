/// The answer of a command: the same bytes whenever the same command is asked again.
package struct WalletAnswer: Hashable, Sendable {
  package let status: Int
  package let body: [UInt8]
  /// True when an earlier request was answered with it.
  package let isReplay: Bool
}
