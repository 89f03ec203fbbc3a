/// What kind of thing stands in a timeline (S4-INC-13).
package enum TimelineKind: String, CaseIterable, Sendable {
  /// Of the system event ledger: what was refused, failed or exported.
  case event
  /// A role that began to serve, or a migration.
  case deploy
  /// A key that came, went or was stopped.
  case key
  /// An act of a person, or an attempt across brands.
  case audit
}
