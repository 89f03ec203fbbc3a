internal import Kernel
internal import Synchronization

/// The `Date` header (RFC 9110 section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// The text of the second that was last asked for: every answer carries a date.
  private static let latest = Mutex<(seconds: Int64, text: String)>((seconds: -1, text: ""))

  static func now() -> String {
    let moment = WallClock.system.now()
    return latest.withLock { latest in
      if latest.seconds != moment.seconds { latest = (moment.seconds, text(moment)) }
      return latest.text
    }
  }

  /// Written from the RFC 3339 form, whose calendar arithmetic Kernel has.
  static func text(_ moment: Timestamp) -> String {
    let parts = moment.description.split { "-T:.Z".contains($0) }
    guard parts.count >= 6, let month = Int(parts[1]), months.indices.contains(month - 1), moment.seconds >= 0 else { return "" }
    let weekday = days[Int(moment.seconds / 86_400 % 7)]
    return "\(weekday), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
  }
}
