internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Replays over HTTP, for the operators' tools alone.
struct DeadLetterRoutes: Sendable {
  let replay: DeadLetterReplay

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/internal/game/dead-letters/{id}/replay", id: "replayDeadLetter",
        summary: "Runs a dead letter's callback again, without asking for its signature", access: .internalCall(brand: .none),
        parameters: [
          .path("id", .identifier, "The dead letter."),
          .query("dry_run", .boolean, "Only say what it would do."),
        ],
        reply: .json(DeadLetterReplayAnswer.self),
        refusals: [
          .forbidden, .notFound, .deadLetterClosed, .deadLetterBusy, .replayRefused, .unavailable, .upstreamUnavailable, .upstreamTimeout,
        ],
        handle: run)
    ]
  }

  @Sendable private func run(_ request: EndpointRequest) async throws -> Reply {
    // Whoever may replay moves money; roles have no reason to.
    guard request.identity.caller == .admin else { throw Problem(.forbidden, detail: "Only operators' tools replay dead letters") }
    guard let id = request.integer("id") else { throw Problem(.notFound) }
    let answer =
      request.argument("dry_run") == "true"
      ? try await replay.foresee(id, context: request.callContext) : try await replay.replay(id, context: request.callContext)
    return try .json(answer)
  }
}
