internal import Kernel

/// A time as people type it: RFC 3339 in UTC, whole seconds since 1970, or `now`.
enum TimeArgument {
  static func time(_ text: String) throws(VerifyFailure) -> Timestamp {
    if text == "now" { return WallClock.system.now() }
    let time = Decimal64.parse(text).flatMap { Timestamp(checkingSeconds: $0) } ?? Timestamp(text: text)
    guard let time else { throw VerifyFailure(.usage, "\(text) isn't a time such as 2026-11-25T12:00:00Z") }
    return time
  }
}
