import Composition
import Contracts
import Crypto
import Foundation
import Kernel
import Platform
import TestSupport

/// A callback as Plisio's signer sends it.
struct PaymentNotice: Encodable, Sendable {
  static let path = "/v1/payments/plisio/callback"

  let payment: String
  let order: String
  let status = "completed"
  var amount = "12.50"
  var currency = "EUR"
  let address = "bc1q-secret-wallet-address"
  let timestamp = WallClock.system.now().seconds

  enum CodingKeys: String, CodingKey {
    case payment = "txn_id"
    case order = "order_number"
    case status
    case amount = "source_amount"
    case currency = "source_currency"
    case address = "wallet_hash"
    case timestamp
  }

  func signature(_ secret: String) throws -> String {
    Hexadecimal.encode(
      HMAC<SHA256>.authenticationCode(for: try JSONBytes.encode(self), using: SymmetricKey(data: Array(secret.utf8))))
  }

  /// Through the gateway, on the brand's host.
  func send(through stack: RunningStack, brand: StackBrand, signature: String) async throws -> StackReply {
    try await stack.client.send(
      "POST", Self.path, at: stack.url(.gateway), host: brand.host, body: self, headers: [HeaderNames.plisioSignature: signature])
  }

  /// As the gateway hands it to the wallet.
  func send(to stack: RunningStack, brand: StackBrand, secret: String) async throws -> StackReply {
    try await stack.client.send(
      "POST", Self.path, at: stack.url(.walletService), body: self,
      headers: stack.headers(of: .gateway, brand).merging([HeaderNames.plisioSignature: try signature(secret)]) { $1 })
  }
}
