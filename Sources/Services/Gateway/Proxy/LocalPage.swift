/// A finished response that needs no service: health, metrics, the OpenAPI document.
struct LocalPage: Hashable, Sendable {
  let status: Int
  /// Lower-case names; no framing fields.
  let fields: [AdmissionDecision.Field]
  let body: [UInt8]
}
