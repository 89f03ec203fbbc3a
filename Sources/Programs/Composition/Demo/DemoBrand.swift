/// A brand that the seed made.
struct DemoBrand: Sendable {
  let id: Int64
  let code: String
  let host: String
  let currency: String
}
