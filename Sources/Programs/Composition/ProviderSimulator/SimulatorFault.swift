package import Kernel

/// Why the provider simulator did not begin, or could not go on.
package enum SimulatorFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// It registers players and moves money.
  case production(label: String)
  case keyMissing(SimulatedProvider)
  case tokenMissing(CallerLabel)
  case brandMissing(String)
  case unreachable(url: String, why: String)
  /// Without this answer there is nothing to play.
  case refused(what: String, answer: String)

  package var description: String {
    switch self {
    case .production(let label): "the stack's environment is \(label), and the simulator registers players and moves money"
    case .keyMissing(let provider): "GAME_SIMULATOR_KEYS has no usable key of \(provider.rawValue)"
    case .tokenMissing(let caller): "no token for \(caller.rawValue): set INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)"
    case .brandMissing(let name): "\(name) is no brand; cordon brand seed-two makes default.local and brand2.local"
    case .unreachable(let url, let why): "no answer at \(url): \(why); is the stack up?"
    case .refused(let what, let answer): "\(what) was answered \(answer)"
    }
  }
}
