/// What a command must be told.
struct ModelVerdict: Hashable, Sendable {
  enum Answer: Hashable, Sendable {
    /// With the body, byte for byte.
    case accepted(status: Int, body: String)
    case refused(ModelRefusal)
  }

  let answer: Answer
  /// An earlier request under the same key was told the same.
  let isReplay: Bool

  var refusal: ModelRefusal? {
    if case .refused(let refusal) = answer { refusal } else { nil }
  }
}
