import Foundation
import Testing

/// What the wallet answered.
struct WalletCall: Sendable {
  let status: Int
  /// By lower-case name.
  let headers: [String: String]
  /// The body, byte for byte.
  let text: String

  private var object: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) ?? [:] }

  var reason: String? { object["reason"] as? String }
  var detail: String? { object["detail"] as? String }
  var isReplay: Bool { headers["idempotency-replayed"] == "true" }

  var transactionID: String {
    get throws { try #require((object["transaction"] as? [String: Any])?["transaction_id"] as? String) }
  }

  var state: String? { (object["transaction"] as? [String: Any])?["state"] as? String }

  func text(_ name: String) -> String? { object[name] as? String }
  func integer(_ name: String) -> Int? { object[name] as? Int }
  func rows(_ name: String) -> [[String: Any]] { object[name] as? [[String: Any]] ?? [] }
}
