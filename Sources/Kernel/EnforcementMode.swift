/// What a service does when a brand check fails (`MULTI_BRAND_ENFORCEMENT`).
package enum EnforcementMode: String, CaseIterable, Sendable {
  /// Resolve and count with `mode="off"`, never reject. Refused at boot in production-grade environments with several brands (C-12).
  case off
  /// Count and proceed on the request's brand.
  case observe
  /// Count and reject.
  case enforce

  package var rejects: Bool { self == .enforce }
}
