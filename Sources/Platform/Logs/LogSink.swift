#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Synchronization

/// Where log lines go: one whole line at a time.
package final class LogSink: Sendable {
  package static let standardError = LogSink { line in
    var rest = Array(line.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { LogSink.writeToStandardError($0) }
      // A closed or full stderr must not stop a payment; the line is lost.
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  private let output: @Sendable (String) -> Void
  private let turn = Mutex(())

  package init(_ output: @escaping @Sendable (String) -> Void) { self.output = output }

  func write(_ line: String) { turn.withLock { _ in output(line) } }

  private static func writeToStandardError(_ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(2, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(2, bytes.baseAddress, bytes.count)
    #endif
  }
}
