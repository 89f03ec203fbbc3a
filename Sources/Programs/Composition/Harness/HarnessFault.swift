package import Kernel

/// Why the two-brand harness did not begin.
package enum HarnessFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The harness registers players and moves money.
  case production(label: String)
  /// With checks switched off there is nothing to prove (C-09).
  case enforcementOff
  case brandMissing(code: String)
  case unknownCaller(String)
  case tokenMissing(caller: CallerLabel)
  case unreachable(role: ServiceRole, url: String, why: String)

  package var description: String {
    switch self {
    case .production(let label): "the stack's environment is \(label), and the harness registers players and moves money"
    case .enforcementOff: "the stack runs with MULTI_BRAND_ENFORCEMENT=off; the harness proves observe and enforce"
    case .brandMissing(let code): "there is no brand \(code); cordon brand seed-two makes it"
    case .unknownCaller(let name): "E2E_INTERNAL_CALLER_SERVICE is \(name), which is no caller; one of \(Self.callers)"
    case .tokenMissing(let caller):
      "no token for \(caller.rawValue): set E2E_INTERNAL_SERVICE_TOKEN or INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)"
    case .unreachable(let role, let url, let why): "\(role.rawValue) does not answer at \(url): \(why); is the stack up?"
    }
  }

  private static var callers: String { CallerLabel.allCases.map(\.rawValue).joined(separator: ", ") }
}
