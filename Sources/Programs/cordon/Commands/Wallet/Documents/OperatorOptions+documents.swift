internal import Composition
internal import Wallet

extension OperatorOptions {
  func documentAct() throws -> WalletDocumentAct {
    let act = try act()
    return WalletDocumentAct(operatorID: act.operatorID, reason: act.reason)
  }
}
