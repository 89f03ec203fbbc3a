/// The facts of a request that admission decides on.
struct AdmissionRequest: Sendable {
  let verb: HTTPVerb
  /// Without query.
  let path: String
  /// Normalised by ``HostRules``.
  let host: String
  /// The value of the Authorization field; nil when there is none.
  let authorization: String?
  let client: ClientAddress
  let requestID: String
  let isDraining: Bool
}
