import Synchronization

/// Where the thread that looked a host up leaves the address.
final class HostAnswer: Sendable {
  let latch = Latch()
  private let found = Mutex<String?>(nil)

  var address: String? { found.withLock { $0 } }

  func set(_ address: String?) {
    found.withLock { $0 = address }
    latch.open()
  }
}
