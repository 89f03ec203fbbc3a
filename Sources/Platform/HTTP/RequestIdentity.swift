package import Kernel

/// What the guard established about a request. Handlers read brand and player from here and never from a header.
package struct RequestIdentity: Hashable, Sendable {
  package var caller: CallerLabel?
  package var brand: BrandID?
  package var brandCode: BrandCode?
  package var player: PlayerID?
  package var session: String?
  package var operatorIdentity: OperatorIdentity?

  package init(
    caller: CallerLabel? = nil, brand: BrandID? = nil, brandCode: BrandCode? = nil, player: PlayerID? = nil, session: String? = nil,
    operatorIdentity: OperatorIdentity? = nil
  ) {
    self.caller = caller
    self.brand = brand
    self.brandCode = brandCode
    self.player = player
    self.session = session
    self.operatorIdentity = operatorIdentity
  }

  /// Nobody in particular, on an open operation.
  package static let anonymous = RequestIdentity()
}
