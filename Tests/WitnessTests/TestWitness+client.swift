import Evidence
import TestSupport

extension TestWitness {
  /// The key as others know it.
  var verifier: VerifierKey {
    get throws { try VerifierKey(text: publicKey) }
  }

  /// Serves while `body` speaks to it.
  func converse<Value: Sendable>(_ more: String..., body: (WitnessClient) async throws -> Value) async throws -> Value {
    try await serve(more) { try await body(WitnessClient(url: $0)) }
  }

  func client(of run: ProgramRun) async throws -> WitnessClient { WitnessClient(url: try await url(of: run)) }
}
