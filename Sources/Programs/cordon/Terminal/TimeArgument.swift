internal import ArgumentParser
internal import Kernel

/// A time as people type it: RFC 3339 in UTC, or whole seconds since 1970.
struct TimeArgument: ExpressibleByArgument {
  let time: Timestamp

  init?(argument: String) {
    let time = Decimal64.parse(argument).flatMap { Timestamp(checkingSeconds: $0) } ?? Timestamp(text: argument)
    guard let time, time.microseconds >= 0 else { return nil }
    self.time = time
  }
}
