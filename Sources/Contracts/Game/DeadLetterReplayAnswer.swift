/// What a replay of a dead letter did, or would do.
package struct DeadLetterReplayAnswer: Codable, Hashable, Sendable, JSONSchemaProviding {
  package let id: Int64
  package let effect: String
  package let replayStatus: String
  /// Nil when it was only asked what the replay would do.
  package let replayRequestID: String?

  package init(id: Int64, effect: String, replayStatus: String, replayRequestID: String?) {
    self.id = id
    self.effect = effect
    self.replayStatus = replayStatus
    self.replayRequestID = replayRequestID
  }

  private enum CodingKeys: String, CodingKey {
    case id
    case effect
    case replayStatus = "replay_status"
    case replayRequestID = "replay_request_id"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "DeadLetterReplay",
    fields: [
      .required("id", .identifier, "The dead letter."),
      .required(
        "effect", .choice(["applies", "duplicate", "conflict", "other_brand", "unresolved", "unreadable"]),
        "What the replay does: the first two are done, the others are refused."),
      .required("replay_status", .choice(["pending", "replayed", "abandoned"]), "The letter's status now."),
      .optional("replay_request_id", .text(max: 128), "The replay's own request; absent after a dry run."),
    ])
}
