import Evidence
import Foundation

/// What a witness answered.
struct WitnessAnswer: Sendable {
  let status: Int
  let contentType: String
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }

  var reason: String? { ((try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any])?["reason"] as? String }

  var cosignatures: [NoteSignature] { (try? NoteSignature.list(body)) ?? [] }
}
