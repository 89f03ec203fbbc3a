internal import Contracts
internal import Foundation
internal import Testing

/// An answer of the player service.
struct PlayerCall: Sendable {
  let status: Int
  let headers: [String: String]
  let text: String

  /// The `reason` of a problem+json body.
  var reason: String? {
    guard headers["content-type"]?.hasPrefix("application/problem+json") == true else { return nil }
    return (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])?["reason"] as? String
  }

  func decode<Body: Decodable>(_ type: Body.Type) throws -> Body { try JSONDecoder().decode(type, from: Data(text.utf8)) }

  func pair(_ location: SourceLocation = #_sourceLocation) throws -> TokenPairBody {
    try #require(status == 200, "\(text)", sourceLocation: location)
    return try decode(TokenPairBody.self)
  }

  func player(_ location: SourceLocation = #_sourceLocation) throws -> PlayerBody {
    try #require(status == 200 || status == 201, "\(text)", sourceLocation: location)
    return try decode(PlayerBody.self)
  }
}
