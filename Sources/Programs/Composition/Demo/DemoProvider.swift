internal import Crypto
internal import Kernel
internal import Platform

/// A game provider as the demonstration plays it: `mg`, with its secret, at game_service's port.
package struct DemoProvider: Sendable {
  let address: String
  private let secret: String

  /// - Parameter keysJSON: `GAME_SIMULATOR_KEYS`.
  /// - Returns: nil for a stack whose provider's secret isn't known here.
  package init?(address: String, keysJSON: String?) {
    guard let keys = keysJSON.flatMap({ try? JSONDocument.parse(Array($0.utf8)) }), let secret = keys["mg"]?.text else { return nil }
    self.address = address
    self.secret = secret
  }

  /// What a callback says; only what it needs.
  struct Callback: Encodable, Sendable {
    let request: String
    let account: String
    let transaction: String
    let round: String
    let amount: Int64
    let currency: String
    var token: String?
    var reference: String?

    enum CodingKeys: String, CodingKey {
      case request = "request_uuid"
      case account = "user"
      case transaction = "transaction_uuid"
      case round
      case amount
      case currency
      case token
      case reference = "reference_transaction_uuid"
    }
  }

  /// The header that proves whose the callback is.
  func headers(for callback: Callback) throws -> [String: String] {
    let code = HMAC<SHA256>.authenticationCode(for: try JSONBytes.encode(callback), using: SymmetricKey(data: Array(secret.utf8)))
    return ["X-MG-Signature": Hexadecimal.encode(code)]
  }
}
