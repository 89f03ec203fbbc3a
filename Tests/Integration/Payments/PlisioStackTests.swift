import Composition
import Contracts
import Crypto
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

/// A payment as it comes from outside: through the gateway, on the brand's host.
@Suite("Plisio in front of a running stack")
struct PlisioStackTests {
  private static let secret = "a-secret-of-the-stack-tests"

  private struct Callback: Encodable {
    let payment: String
    let order: String
    let status = "completed"
    let amount: String
    let currency: String
    let address = "bc1q-secret-wallet-address"
    let timestamp: Int64

    enum CodingKeys: String, CodingKey {
      case payment = "txn_id"
      case order = "order_number"
      case status
      case amount = "source_amount"
      case currency = "source_currency"
      case address = "wallet_hash"
      case timestamp
    }
  }

  @Test(
    "S0-HARD-05 S0-WAL-30 S0-WAL-32 a signed callback on the brand's host credits the deposit once, and the stack's log keeps its secrets")
  func throughTheGateway() async throws {
    try await RunningStack.run(settings: ["PLISIO_SECRET_KEY": Self.secret]) { stack in
      let brand = stack.brands[0]
      let player = try await stack.player("crypto", on: brand)
      let requested = try await stack.client.send(
        "POST", "/v1/wallet/deposits", at: stack.url(.gateway), host: brand.host, token: player.token, key: "crypto-1",
        body: WalletAmountBody(amount: 1250, currency: brand.currency))
      let order = try #require(try requested.decode(WalletCommandAnswer.self).transaction?.id)
      let callback = Callback(
        payment: "stack-1", order: order, amount: "12.50", currency: brand.currency, timestamp: WallClock.system.now().seconds)
      let signature = try sign(callback)
      #expect(try await send(callback, signature, to: brand, stack) == #"200 {"outcome":"approved"}"#)
      #expect(try await send(callback, signature, to: brand, stack) == #"200 {"outcome":"replayed"}"#)
      #expect(try await send(callback, String(repeating: "0", count: 64), to: brand, stack).hasPrefix("401"))
      #expect(try await send(callback, signature, to: stack.brands[1], stack) == #"200 {"outcome":"unknown_deposit"}"#)
      let balances = try await stack.client.send(
        "GET", "/v1/wallet/balances", at: stack.url(.gateway), host: brand.host, token: player.token)
      #expect(try balances.decode(WalletBalancesAnswer.self).total == 1250)
      #expect(try await stack.psql("SELECT count(*) FROM wallet.wallet_command WHERE request_id = 'plisio:stack-1'") == "1")
      let log = stack.log
      #expect(log.contains("stack-1"))
      for secret in [signature, Self.secret, callback.address] { #expect(!log.contains(secret), "the log has \(secret)") }
    }
  }

  private func sign(_ callback: Callback) throws -> String {
    Hexadecimal.encode(
      HMAC<SHA256>.authenticationCode(for: try JSONBytes.encode(callback), using: SymmetricKey(data: Array(Self.secret.utf8))))
  }

  private func send(_ callback: Callback, _ signature: String, to brand: StackBrand, _ stack: RunningStack) async throws -> String {
    let reply = try await stack.client.send(
      "POST", "/v1/payments/plisio/callback", at: stack.url(.gateway), host: brand.host, body: callback,
      headers: ["X-Plisio-Signature": signature])
    return "\(reply.status) \(reply.text)"
  }
}
