/// One row of the release gate (S0-GATE).
struct GateItem: Sendable {
  /// The row's id, which is public: scripts and tickets name it.
  let id: String
  let title: String
  /// Whether it is the flip itself that brings it about, so that the flip can't wait for it.
  var followsFlip = false
  let checks: [any GateCheck]
}
