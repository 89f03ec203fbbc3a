internal import Kernel

/// An event for the outbox. It carries identifiers only: consumers that need more ask for it, under their brand.
struct PlayerEvent: Sendable {
  let id: UUIDv7
  let type: String
  let payload: String

  static func registered(_ player: PlayerID, brand: BrandID, id: UUIDv7, at now: Timestamp) -> PlayerEvent {
    PlayerEvent(
      id: id, type: "player.registered",
      // Numbers and texts of fixed alphabets: nothing here needs escaping.
      payload: #"{"event_id":"\#(id)","brand_id":\#(brand),"player_id":\#(player),"occurred_at":"\#(now)"}"#)
  }
}
