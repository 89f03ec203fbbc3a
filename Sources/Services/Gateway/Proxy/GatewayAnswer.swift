internal import Kernel

/// An answer that the gateway gives itself.
enum GatewayAnswer: Hashable, Sendable {
  case refusal(AdmissionDecision.Refusal)
  case page(LocalPage)

  static func problem(_ problem: Problem) -> GatewayAnswer { .refusal(AdmissionDecision.Refusal(problem)) }
}
