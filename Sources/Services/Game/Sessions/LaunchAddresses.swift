internal import Kernel
package import Platform

/// Where providers' games open (`GAME_LAUNCH_URLS`).
package struct LaunchAddresses: Sendable {
  private var byProvider: [String: String] = [:]

  /// - Parameter json: a JSON object of provider to URL.
  /// - Throws: `StartRefused` when it is anything else.
  package init(json: String?) throws(StartRefused) {
    guard let json else { return }
    let setting = Settings.gameLaunchURLs.name
    guard case .object(let members)? = try? JSONDocument.parse(Array(json.utf8)) else { throw StartRefused("\(setting) is no JSON object") }
    for member in members {
      guard Providers.names.contains(member.name), let url = member.value.text, url.hasPrefix("https://") || url.hasPrefix("http://"),
        url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      else { throw StartRefused("\(setting): \(member.name) is no provider, or its value is no URL") }
      byProvider[member.name] = url
    }
  }

  func address(of provider: String) -> String? { byProvider[provider] }

  /// Everything in the query is of characters that need no escaping: outbound accounts and tokens are made here, and a game's id is checked.
  static func url(_ address: String, account: String, token: String, game: String, currency: Currency) -> String {
    "\(address)\(address.contains("?") ? "&" : "?")account=\(account)&token=\(token)&game=\(game)&currency=\(currency.code)"
  }
}
