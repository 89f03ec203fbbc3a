package import Platform

/// Accounts that providers are known to try out callbacks with (`GAME_CALLBACK_ALLOWLIST`). Theirs are refused, but neither counted as
/// unresolved nor put by (S0-GAME-11).
package struct CallbackAllowList: Sendable {
  private var accounts: Set<String> = []

  /// - Parameter json: a JSON object of provider to accounts, separated by commas.
  /// - Throws: `StartRefused` when it is anything else.
  package init(json: String?) throws(StartRefused) {
    guard let json else { return }
    guard case .object(let members)? = try? JSONDocument.parse(Array(json.utf8)) else {
      throw StartRefused("\(Settings.gameCallbackAllowList.name) is no JSON object")
    }
    for member in members {
      guard Providers.names.contains(member.name) else {
        throw StartRefused("\(Settings.gameCallbackAllowList.name) names \(member.name), which is no provider")
      }
      for account in (member.value.text ?? "").split(separator: ",") {
        accounts.insert("\(member.name) \(account.filter { $0 != " " })")
      }
    }
  }

  func contains(_ account: String, of provider: String) -> Bool { accounts.contains("\(provider) \(account)") }
}
