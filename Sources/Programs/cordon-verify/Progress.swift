internal import Glibc

/// How far it is, on a terminal, five times a second at most.
final class Progress {
  private let size: Int64
  private let isShown = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?

  init(size: Int64) { self.size = size }

  func show(entries: Int64, bytes: Int64) {
    guard isShown else { return }
    let now = clock.now
    if let last, now - last < .milliseconds(200) { return }
    last = now
    let share = size > 0 ? ", \(bytes * 100 / size) %" : ""
    Console.write("\r\(entries) entries, \(bytes >> 20) MiB\(share)  ", to: STDERR_FILENO)
  }

  func end() {
    if last != nil { Console.write("\r\u{1B}[K", to: STDERR_FILENO) }
  }
}
