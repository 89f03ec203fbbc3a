package import Platform
internal import Synchronization

/// Keeps the JSON log lines that a role under test writes.
package final class LogRecorder: Sendable {
  private let kept = Mutex<[String]>([])

  package init() {}

  package var sink: LogSink { LogSink { [self] line in kept.withLock { $0.append(line) } } }

  package var lines: [String] { kept.withLock { $0 } }

  /// The lines that contain every one of `parts`.
  package func lines(with parts: String...) -> [String] { lines.filter { line in parts.allSatisfy { line.contains($0) } } }
}
