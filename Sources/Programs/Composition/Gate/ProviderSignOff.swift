internal import Game

/// The providers whose operations sign off before the flip.
enum ProviderSignOff {
  static let names = Providers.names.map { $0.lowercased() }
}
