/// The providers that Cordon speaks with. One more is a folder beside this file and a line in this list.
package enum Providers {
  static let profiles: [any ProviderProfile] = [MGProfile(), BTIProfile(), WCProfile()]

  static func profile(_ name: String) -> (any ProviderProfile)? { profiles.first { $0.name == name } }

  /// Whether the provider signs with a private key of its own, rather than with a secret that both sides have.
  package static func signsWithKeyPair(_ provider: String) -> Bool { profile(provider)?.terms.hasKeyPair == true }

  package static let names: [String] = profiles.map(\.name)
  package static let terms: [ProviderTerms] = profiles.map(\.terms)
}
