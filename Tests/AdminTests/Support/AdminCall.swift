import Foundation
import Testing

/// What the admin role answered.
struct AdminCall: Sendable {
  let status: Int
  /// By lower-case name.
  let headers: [String: String]
  /// The body, byte for byte.
  let text: String

  var object: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) ?? [:] }

  var reason: String? { object["reason"] as? String }
  var legacyStatus: Int? { object["legacy_status"] as? Int }
  var rows: [[String: Any]] { object["data"] as? [[String: Any]] ?? [] }
  var nextCursor: String? { object["next_cursor"] as? String }

  func text(_ name: String) -> String? { object[name] as? String }
  func integer(_ name: String) -> Int? { object[name] as? Int }
}
