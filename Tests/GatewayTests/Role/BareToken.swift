internal import Foundation

@testable internal import Security

/// A token with claims of the test's choice, signed under the accepted key.
enum BareToken {
  static func sign(_ claims: [String: Any]) throws -> String {
    let header = #"{"alg":"RS256","kid":"\#(GatewayKeys.current.keyID.rawValue)","typ":"\#(TokenKind.playerAccess.type)"}"#
    let payload = try JSONSerialization.data(withJSONObject: claims, options: .sortedKeys)
    return try GatewayKeys.current.compact(header: Array(header.utf8), payload: Array(payload))
  }
}
