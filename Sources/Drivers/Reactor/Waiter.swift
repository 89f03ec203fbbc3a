/// One suspended wait on a descriptor.
struct Waiter: Sendable {
  let ticket: UInt64
  let descriptor: Int32
  let interest: Reactor.Interest
  let deadline: ContinuousClock.Instant?
  let continuation: CheckedContinuation<Reactor.Readiness, Never>
}
