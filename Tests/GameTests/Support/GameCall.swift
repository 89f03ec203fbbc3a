import Foundation

/// An answer over HTTP.
struct GameCall: Sendable {
  let status: Int
  let contentType: String
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }

  /// A text of a JSON answer.
  func member(_ name: String) -> String? {
    ((try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any])?[name] as? String
  }

  func number(_ name: String) -> Int? {
    ((try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any])?[name] as? Int
  }
}
