/// The facts of a request that admission decides on.
struct AdmissionRequest: Sendable {
  let head: RequestHead
  /// Without query.
  let path: String
  /// The value of the one Authorization field; empty when there are several, nil when there is none.
  let authorization: String?
  let client: ClientAddress
  let identifiers: TraceIdentifiers
  let isDraining: Bool

  var verb: HTTPVerb { head.verb }
  /// Normalised by ``HostRules``.
  var host: String { head.host }

  init(head: RequestHead, client: ClientAddress, identifiers: TraceIdentifiers, isDraining: Bool) {
    self.head = head
    self.client = client
    self.identifiers = identifiers
    self.isDraining = isDraining
    path = head.text(head.path)
    // Two credentials are as bad as none: which one a service reads would be its own choice.
    authorization = head.value(of: .authorization).map { head.count(of: .authorization) == 1 ? $0 : "" }
  }
}
