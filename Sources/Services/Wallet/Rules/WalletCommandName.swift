/// The names of the wallet commands: label `command`, column `command`, key of a policy's limits. Stable.
package enum WalletCommandName: String, CaseIterable, Sendable, Codable {
  case deposit
  case depositRequest = "deposit_request"
  case depositApprove = "deposit_approve"
  case depositDecline = "deposit_decline"
  case withdrawRequest = "withdraw_request"
  case withdrawApprove = "withdraw_approve"
  case withdrawDecline = "withdraw_decline"
  case withdrawPay = "withdraw_pay"
  case authorize
  case settle
  case rollback
  case adjust
  case bonusGrant = "bonus_grant"
  case bonusConvert = "bonus_convert"
  case bonusForfeit = "bonus_forfeit"
  case rollingComplete = "rolling_complete"
  case rebate
  case cashback
  case lossback
  case transfer
}
