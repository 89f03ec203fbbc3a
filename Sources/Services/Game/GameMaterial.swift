package import Platform

/// What game_service needs besides its surroundings.
package struct GameMaterial: Sendable {
  let wallet: InternalClient
  let keys: ProviderKeys
  let allowList: CallbackAllowList
  let addresses: LaunchAddresses

  package init(wallet: InternalClient, keys: ProviderKeys, allowList: CallbackAllowList, addresses: LaunchAddresses) {
    self.wallet = wallet
    self.keys = keys
    self.allowList = allowList
    self.addresses = addresses
  }

  /// As the configuration says.
  ///
  /// - Throws: `StartRefused` for what can't be used.
  package init(wallet: InternalClient, _ configuration: EffectiveConfiguration) throws {
    self.init(
      wallet: wallet,
      keys: try ProviderKeys(
        active: configuration.text(Settings.gameProviderKeys), previous: configuration.text(Settings.gameProviderKeysPrevious)),
      allowList: try CallbackAllowList(json: configuration.text(Settings.gameCallbackAllowList)),
      addresses: try LaunchAddresses(json: configuration.text(Settings.gameLaunchURLs)))
  }
}
