package import Kernel
internal import Synchronization

/// The ports that roles have opened: known when they listen, since a configured port 0 means any.
package final class ListeningPorts: Sendable {
  private struct State {
    var ports: [ServiceRole: Int] = [:]
    var waiters: [(roles: Set<ServiceRole>, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  package init() {}

  package func opened(_ role: ServiceRole, on port: Int) {
    let ready = state.withLock { state in
      state.ports[role] = port
      let known = Set(state.ports.keys)
      let ready = state.waiters.filter { $0.roles.isSubset(of: known) }
      state.waiters.removeAll { $0.roles.isSubset(of: known) }
      return ready
    }
    for waiter in ready { waiter.continuation.resume() }
  }

  package subscript(role: ServiceRole) -> Int? { state.withLock { $0.ports[role] } }

  /// Returns when all of `roles` listen.
  package func all(of roles: some Sequence<ServiceRole>) async {
    let wanted = Set(roles)
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        if wanted.isSubset(of: Set(state.ports.keys)) { return true }
        state.waiters.append((wanted, continuation))
        return false
      }
      if isReady { continuation.resume() }
    }
  }
}
