/// Who an outbound account is, asked of whoever knows.
protocol AccountResolving: Sendable {
  /// - Parameter provider: whose account it is; nil where nobody says, and then an alias is one of any provider.
  func resolve(_ text: String, provider: String?, _ deadline: CallbackDeadline) async throws -> AccountResolution

  /// The account under which the provider knows the player. It never changes.
  func outboundAccount(of player: ResolvedAccount, at terms: ProviderTerms, _ deadline: CallbackDeadline) async throws -> String
}
