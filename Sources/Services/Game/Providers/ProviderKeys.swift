internal import Kernel
package import Platform

/// What providers' signatures are verified with: each provider's key, and the one before it while a rotation lasts. Never printed.
package struct ProviderKeys: Sendable {
  private var byProvider: [String: [ProviderKey]] = [:]

  /// - Parameters:
  ///   - active: `GAME_PROVIDER_KEYS`, a JSON object of provider to secret or public key.
  ///   - previous: `GAME_PROVIDER_KEYS_PREV`.
  /// - Throws: `StartRefused` for a provider that nobody knows, or a key that can't be used.
  package init(active: String?, previous: String?) throws(StartRefused) {
    for (setting, json) in [(Settings.gameProviderKeys.name, active), (Settings.gameProviderKeysPrevious.name, previous)] {
      for (provider, text) in try Self.texts(json, setting) {
        guard let profile = Providers.profile(provider) else { throw StartRefused("\(setting) names \(provider), which is no provider") }
        guard let key = profile.key(from: text) else { throw StartRefused("the key of \(provider) in \(setting) can't be used") }
        byProvider[provider, default: []].append(key)
      }
    }
  }

  /// None for a provider whose callbacks nobody can verify; they are refused.
  func keys(of provider: String) -> [ProviderKey] { byProvider[provider] ?? [] }

  /// The providers that have a key.
  package var providers: Set<String> { Set(byProvider.keys) }

  private static func texts(_ json: String?, _ setting: String) throws(StartRefused) -> [(String, String)] {
    guard let json else { return [] }
    guard case .object(let members)? = try? JSONDocument.parse(Array(json.utf8)) else { throw StartRefused("\(setting) is no JSON object") }
    var texts: [(String, String)] = []
    for member in members {
      guard let text = member.value.text else { throw StartRefused("\(setting) holds something that is no text") }
      texts.append((member.name, text))
    }
    return texts
  }
}
