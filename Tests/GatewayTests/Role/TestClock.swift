internal import Kernel
internal import Synchronization

/// The system's time, moved by as much as the test says.
final class TestClock: Sendable {
  private let offset = Mutex<Int64>(0)

  func advance(seconds: Int64) { offset.withLock { $0 += seconds } }

  var now: Timestamp { WallClock.system.now().advanced(bySeconds: offset.withLock { $0 }) }

  var wallClock: WallClock { WallClock { [self] in now } }
}
