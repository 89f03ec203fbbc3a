/// Why the spool didn't take or give a letter.
package enum SpoolFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// It holds as much as it may.
  case full
  /// More letters wait for the disk than it can serve in time.
  case busy
  /// The disk didn't answer in time. Whether the letter is kept isn't known; it counts as not kept.
  case slow
  /// What the operating system said.
  case disk(String)

  package var description: String {
    switch self {
    case .full: "the spool is full"
    case .busy: "the spool's disk has too many letters waiting"
    case .slow: "the spool's disk did not answer in time"
    case .disk(let message): message
    }
  }
}
