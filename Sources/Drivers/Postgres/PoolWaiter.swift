/// A task that waits for a connection.
struct PoolWaiter<Resource: Sendable>: Sendable {
  let continuation: CheckedContinuation<PoolState<Resource, PoolWaiter<Resource>>.Grant, Never>
}
