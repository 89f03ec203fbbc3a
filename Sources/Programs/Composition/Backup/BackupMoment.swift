package import Kernel

/// A time as records hold it: for people and for programs.
package struct BackupMoment: Codable, Hashable, Sendable {
  package let text: String
  package let microseconds: Int64

  package init(_ moment: Timestamp) {
    text = moment.description
    microseconds = moment.microseconds
  }

  package var timestamp: Timestamp { Timestamp(microseconds: microseconds) }
}
