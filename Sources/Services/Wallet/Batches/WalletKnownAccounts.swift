internal import Kernel
internal import Synchronization

/// Accounts of brands that are known to be there, so that not every batch has to see to it. No role that works with data can remove one; a
/// database that was set back to before one was opened refuses its entries, and then it is forgotten here (``WalletBatchRunner``).
final class WalletKnownAccounts: Sendable {
  private let known = Mutex<[BrandID: Set<String>]>([:])

  func missing(of accounts: Set<String>, in brand: BrandID) -> [String] {
    known.withLock { known in accounts.subtracting(known[brand] ?? []) }.sorted()
  }

  /// Called once they are committed.
  func remember(_ accounts: Set<String>, in brand: BrandID) {
    known.withLock { known in
      // Looked at first, so that the set isn't copied by every batch.
      guard known[brand]?.isSuperset(of: accounts) != true else { return }
      known[brand, default: []].formUnion(accounts)
    }
  }

  func forget(_ brand: BrandID) { known.withLock { $0[brand] = nil } }
}
