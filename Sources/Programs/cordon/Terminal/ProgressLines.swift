/// How far long work is, on standard error: a line every two seconds, with the rate since the beginning.
final class ProgressLines {
  private static let pause: Duration = .seconds(2)

  private let noun: String
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  /// What was there before the first call.
  private var first: Int64?

  /// - Parameter noun: what is counted.
  init(of noun: String) {
    self.noun = noun
    start = clock.now
    last = start
  }

  func tell(_ count: Int64, of total: Int64) {
    let now = clock.now
    let first = first ?? count
    self.first = first
    guard now - last >= Self.pause else { return }
    last = now
    let seconds = max((now - start) / .seconds(1), 0.001)
    Terminal.message("\(count) of \(total) \(noun), \(Int64(Double(count - first) / seconds)) a second")
  }
}
