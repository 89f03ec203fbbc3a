import Synchronization

/// A point that tasks leave together, when the last of them has arrived.
final class Meeting: Sendable {
  private let missing: Mutex<Int>
  private let gate = Gate()

  init(of count: Int) { missing = Mutex(count) }

  func arrive() async {
    let isLast = missing.withLock { missing in
      missing -= 1
      return missing == 0
    }
    if isLast { gate.open() } else { await gate.wait() }
  }
}
