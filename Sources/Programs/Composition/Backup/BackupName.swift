package import Kernel

/// A backup's name: when it was begun, and a label for people. Names sort by time.
package struct BackupName: Hashable, Sendable, CustomStringConvertible {
  package static let labelMax = 40

  package let description: String

  /// - Parameter label: lower-case letters, digits and hyphens.
  package init(at moment: Timestamp, label: String?) throws(BackupFault) {
    // 2026-11-21T03:40:00.000000Z becomes 20261121T034000Z.
    let stamp = moment.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    guard let label else {
      description = stamp
      return
    }
    let allowed = label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    guard allowed, (1...Self.labelMax).contains(label.utf8.count) else {
      throw BackupFault(.unusable, "a label is 1 to \(Self.labelMax) lower-case letters, digits and hyphens")
    }
    description = "\(stamp)-\(label)"
  }

  /// Whether a folder of this name can be a backup.
  static func isOne(_ name: String) -> Bool { name.wholeMatch(of: /[0-9]{8}T[0-9]{6}Z(?:-[a-z0-9-]{1,40})?/) != nil }
}
