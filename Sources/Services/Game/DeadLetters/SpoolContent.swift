internal import Kernel

/// What a spool holds, as its folder showed it.
struct SpoolContent: Hashable, Sendable {
  /// Names of whole letters, oldest first.
  var letters: [String] = []
  var bytes = 0
  /// Temporary files that nobody finishes any more.
  var leftovers: [String] = []
  /// Files that were set aside because they can't be read.
  var aside = 0

  /// When the oldest letter was taken in; its name tells.
  var oldest: Timestamp? {
    letters.first.flatMap { UUIDv7(text: $0.prefix(36)) }.map { Timestamp(microseconds: Int64($0.high >> 16) * 1000) }
  }
}
