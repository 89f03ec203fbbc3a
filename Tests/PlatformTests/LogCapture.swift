import Synchronization

@testable import Platform

/// The log lines of a role under test.
final class LogCapture: Sendable {
  private let captured = Mutex<[String]>([])

  var lines: [String] { captured.withLock { $0 } }

  var sink: LogSink { LogSink { line in self.captured.withLock { $0.append(line) } } }
}
