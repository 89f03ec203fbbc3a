import Contracts
import Testing

@testable import Wallet

@Suite("Names that stand in more than one place")
struct WalletNamesTests {
  @Test("the interface lists the kinds and states that the rules know")
  func interface() {
    #expect(WalletTransactionEntry.kinds == WalletTransaction.Kind.allCases.map(\.rawValue))
    #expect(WalletTransactionEntry.states == WalletTransaction.State.allCases.map(\.rawValue))
  }

  @Test("the accounts of the brand have names that its table of accounts takes")
  func accounts() {
    let accounts: [LedgerAccount] = [
      .deposits, .withdrawalsHeld, .withdrawals, .house, .bonus, .rebates, .cashbacks, .lossbacks, .provider("mg"),
    ]
    #expect(accounts.allSatisfy { $0.name.wholeMatch(of: /[a-z][a-z0-9_]{0,31}(:[a-z0-9][a-z0-9_-]{0,63})?/) != nil && $0.bucket == nil })
    #expect(Set(accounts.map(\.name)).count == accounts.count)
  }
}
