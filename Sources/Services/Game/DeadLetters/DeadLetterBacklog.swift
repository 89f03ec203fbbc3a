internal import Kernel

/// The dead letters of one provider that nobody has decided on.
struct DeadLetterBacklog: Hashable, Sendable {
  let provider: String
  let count: Int64
  let oldest: Timestamp
}
