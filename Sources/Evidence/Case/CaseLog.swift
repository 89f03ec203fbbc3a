/// What a case folder has of one log.
package struct CaseLog: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    /// A bundle that was verified when it was written.
    case verified
    /// A bundle in which something was found.
    case failed
    /// The log has no entry of that time.
    case noEntries = "no_entries"
    /// It has, but none of them is signed.
    case unsigned
    /// No bundle can be written: an entry or a checkpoint isn't what it was.
    case refused
  }

  package let scope: LogScope
  package let ledger: Ledger
  package let state: State
  /// Number of the bundle's first entry, from 1; 0 without a bundle.
  package let first: Int64
  package let entries: Int64
  /// Entries of that time that no checkpoint reaches to, so that they aren't in the bundle.
  package let unsigned: Int64

  package init(_ scope: LogScope, _ ledger: Ledger, _ state: State, first: Int64 = 0, entries: Int64 = 0, unsigned: Int64 = 0) {
    self.scope = scope
    self.ledger = ledger
    self.state = state
    self.first = first
    self.entries = entries
    self.unsigned = unsigned
  }

  /// `brand-1.wallet_ledger`: what its files are called.
  package var name: String { "\(scope.description.replacing("/", with: "-")).\(ledger.rawValue)" }

  /// Where its bundle stands; nil where there is none.
  package var bundle: String? { state == .verified || state == .failed ? "ledgers/\(name).bundle" : nil }
}
