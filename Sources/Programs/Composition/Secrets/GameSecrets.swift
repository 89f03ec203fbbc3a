internal import Foundation
internal import Game
internal import Kernel
internal import Platform
internal import Security

/// Keys of game providers for a stack of one's own: what game_service verifies with, and what the provider simulator signs with.
enum GameSecrets {
  /// - Parameter random: a new secret at each call.
  static func generate(_ moment: Timestamp, random: () -> String) throws -> [String: String] {
    var (verify, sign): ([String: String], [String: String]) = ([:], [:])
    for provider in Providers.names {
      if Providers.signsWithKeyPair(provider) {
        let pair = try TokenSigner.generate(keyID: KeyID.dated(moment, number: 3))
        (verify[provider], sign[provider]) = (pair.signer.publicKey.pem, pair.privateKeyPEM)
      } else {
        let secret = random()
        (verify[provider], sign[provider]) = (secret, secret)
      }
    }
    let urls = Dictionary(uniqueKeysWithValues: Providers.names.map { ($0, "https://\($0).example/play") })
    return [
      Settings.gameProviderKeys.name: try text(verify), Settings.gameSimulatorKeys.name: try text(sign),
      Settings.gameLaunchURLs.name: try text(urls),
    ]
  }

  private static func text(_ map: [String: String]) throws -> String { String(decoding: try JSONBytes.encode(map), as: UTF8.self) }
}
