/// Which secret a caller's token matched (S0-TOK-09).
package enum CallerTokenSource: String, CaseIterable, Sendable {
  /// `INTERNAL_SERVICE_TOKEN_<CALLER>`.
  case active
  /// `INTERNAL_SERVICE_TOKEN_<CALLER>_PREV`, during a rotation.
  case previous
  /// The shared `INTERNAL_SERVICE_TOKEN`, until Stage C.
  case legacy
}
