internal import Foundation
internal import Kernel

/// The members of an event's payload that every consumer relies on.
struct OutboxPayload: Decodable {
  let eventID: String?
  let brandID: Int64?

  enum CodingKeys: String, CodingKey {
    case eventID = "event_id"
    case brandID = "brand_id"
  }

  /// Nil when consumers can take the payload as that of this event and brand.
  static func fault(in json: String, event: String, brand: BrandID) -> String? {
    guard let payload = try? JSONDecoder().decode(OutboxPayload.self, from: Data(json.utf8)) else {
      return "the payload is not a JSON object with an event_id and a brand_id"
    }
    guard let named = payload.brandID else { return "the payload has no brand_id" }
    guard named == brand.rawValue else { return "the payload's brand_id is \(named), the row's is \(brand)" }
    return payload.eventID == event ? nil : "the payload's event_id is not the row's"
  }
}
