internal import Foundation

/// The members of an event's payload that every consumer relies on.
struct OutboxPayload: Decodable {
  let eventID: String?
  let brandID: Int64?

  enum CodingKeys: String, CodingKey {
    case eventID = "event_id"
    case brandID = "brand_id"
  }

  init?(json: String) {
    guard let decoded = try? JSONDecoder().decode(OutboxPayload.self, from: Data(json.utf8)) else { return nil }
    self = decoded
  }
}
