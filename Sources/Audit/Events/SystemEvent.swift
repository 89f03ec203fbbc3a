package import Kernel
package import Platform

/// An event as it goes into `cordon.system_event`.
package struct SystemEvent: Hashable, Sendable {
  /// Writing the same key again is one row.
  package let key: UUIDv7
  package var brand: BrandID?
  package let kind: SystemEventKind
  package let reason: String?
  package let status: Int?
  package let requestID: String
  package let traceID: String?
  package let service: String
  package let caller: String?
  package let operatorID: String?
  package let player: PlayerID?
  package let method: String?
  package let route: String?
  /// How many requests it stands for.
  package let occurrences: Int64
  package var detail: JSONValue?
  package let occurredAt: Timestamp

  /// Something that was done, or is told by what watches.
  package init(
    _ kind: SystemEventKind, reason: String? = nil, requestID: String, service: String, operatorID: String? = nil, brand: BrandID? = nil,
    occurrences: Int64 = 1, detail: JSONValue? = nil, at moment: Timestamp
  ) {
    key = UUIDv7.next()
    self.kind = kind
    self.brand = brand
    self.reason = reason
    self.requestID = requestID
    self.service = service
    self.operatorID = operatorID
    self.occurrences = occurrences
    self.detail = detail
    (status, traceID, caller, player, method, route) = (nil, nil, nil, nil, nil, nil)
    occurredAt = moment
  }

  /// A refusal that is kept; nil for one that isn't.
  package init?(_ refused: RefusedRequest, by service: String) {
    guard let refusal = RefusalClass(refused.reason) else { return nil }
    key = UUIDv7.next()
    kind = SystemEventKind(refusal)
    brand = refused.identity.brand
    reason = refused.reason.rawValue
    status = refused.status
    requestID = refused.requestID
    traceID = refused.traceID
    self.service = service
    caller = refused.identity.caller?.rawValue
    operatorID = refused.identity.operatorIdentity.flatMap { $0.id.isEmpty ? nil : $0.id }
    player = refused.identity.player
    method = refused.method
    route = refused.route
    occurrences = 1
    detail = nil
    occurredAt = refused.at
  }
}
