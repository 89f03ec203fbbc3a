/// How a player can be reached. Kept as one encrypted value; never logged, never in an event.
struct Contact: Codable, Hashable, Sendable {
  let email: String?
  let phone: String?

  var isEmpty: Bool { email == nil && phone == nil }
}
