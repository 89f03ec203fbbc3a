internal import Evidence
internal import Kernel
internal import Synchronization

/// How many checkpoints of one log are taken in a minute: each costs a write that has to last.
final class WitnessLimiter: Sendable {
  private struct Window {
    var minute: Int64
    var count: Int
  }

  private let perMinute: Int
  private let windows = Mutex<[KeyName: Window]>([:])

  init(perMinute: Int) { self.perMinute = perMinute }

  func admits(_ origin: KeyName, at moment: Timestamp) -> Bool {
    let minute = moment.seconds / 60
    return windows.withLock { windows in
      var window = windows[origin] ?? Window(minute: minute, count: 0)
      if window.minute != minute { window = Window(minute: minute, count: 0) }
      window.count += 1
      windows[origin] = window
      return window.count <= perMinute
    }
  }
}
