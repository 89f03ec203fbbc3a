internal import NIOCore
internal import Synchronization

/// A cache of what Redis holds, emptied key by key as Redis tells of changes. Useless, and empty, while it doesn't tell.
///
/// Always true: a value that was read before a change of its key is not kept after it. The announcement of a change and the reply of a
/// read travel on different connections, so each read takes a ticket first, and its value is kept only if its key saw no change since.
final class TrackedCache<Value: Sendable>: Sendable {
  struct Ticket: Sendable {
    fileprivate let slot: Int
    fileprivate let epoch: UInt64
  }

  private struct Entry {
    let value: Value
    let expiresAt: NIODeadline
  }

  private struct State {
    var isLive = false
    var entries: [String: Entry] = [:]
    /// Keys share epochs by hash: a change of one key costs others of its slot at most one more read.
    var epochs = [UInt64](repeating: 0, count: 256)
  }

  private let state = Mutex(State())
  private let capacity: Int
  private let lifetime: TimeAmount

  /// - Parameter lifetime: how long a value may be served when no change is told; the bound for what tracking might miss.
  init(capacity: Int, lifetime: TimeAmount) {
    self.capacity = capacity
    self.lifetime = lifetime
  }

  func lookup(_ key: String, now: NIODeadline) -> Value? {
    state.withLock { state in
      guard state.isLive, let entry = state.entries[key] else { return nil }
      guard now < entry.expiresAt else {
        state.entries[key] = nil
        return nil
      }
      return entry.value
    }
  }

  /// To be taken before the key is read.
  func ticket(for key: String) -> Ticket {
    let slot = Self.slot(of: key)
    return state.withLock { Ticket(slot: slot, epoch: $0.epochs[slot]) }
  }

  /// Keeps what was read with `ticket`, unless the key may have changed meanwhile.
  func keep(_ value: Value, for key: String, _ ticket: Ticket, now: NIODeadline) {
    state.withLock { state in
      guard state.isLive, state.epochs[ticket.slot] == ticket.epoch else { return }
      if state.entries.count >= capacity, state.entries[key] == nil {
        state.entries = state.entries.filter { now < $0.value.expiresAt }
        if state.entries.count >= capacity { state.entries.removeAll(keepingCapacity: true) }
      }
      state.entries[key] = Entry(value: value, expiresAt: now + lifetime)
    }
  }

  func invalidate(_ key: String) {
    let slot = Self.slot(of: key)
    state.withLock { state in
      state.epochs[slot] &+= 1
      state.entries[key] = nil
    }
  }

  /// Changes are told from now on.
  func resume() {
    state.withLock { state in
      Self.forgetAll(&state)
      state.isLive = true
    }
  }

  /// Changes may be missed from now on.
  func suspend() {
    state.withLock { state in
      Self.forgetAll(&state)
      state.isLive = false
    }
  }

  /// Everything has changed.
  func flush() { state.withLock { Self.forgetAll(&$0) } }

  var count: Int { state.withLock { $0.entries.count } }

  private static func forgetAll(_ state: inout State) {
    state.entries.removeAll(keepingCapacity: true)
    for slot in state.epochs.indices { state.epochs[slot] &+= 1 }
  }

  private static func slot(of key: String) -> Int { Int(UInt8(truncatingIfNeeded: key.hashValue)) }
}
