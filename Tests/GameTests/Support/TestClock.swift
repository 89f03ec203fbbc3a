internal import Kernel
internal import Synchronization

/// The system's time, moved forward by what a test says.
final class TestClock: Sendable {
  private let secondsAhead = Mutex<Int64>(0)

  var wall: WallClock {
    WallClock { [self] in WallClock.system.now().advanced(bySeconds: secondsAhead.withLock { $0 }) }
  }

  func advance(bySeconds seconds: Int64) { secondsAhead.withLock { $0 += seconds } }
}
