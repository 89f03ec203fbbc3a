internal import Glibc
internal import Platform
internal import Synchronization

/// The roles' log lines of `cordon up`, in a file: the terminal is for the person. The file of the run before is kept as `.previous`.
final class LogFile: Sendable {
  let path: String
  /// Nil until the first line, since the directory is made by then.
  private let descriptor = Mutex<Int32?>(nil)

  init(path: String) { self.path = path }

  deinit { descriptor.withLock { if let open = $0 { close(open) } } }

  var sink: LogSink { LogSink { self.append($0) } }

  private func append(_ line: String) {
    descriptor.withLock { descriptor in
      if descriptor == nil {
        rename(path, path + ".previous")
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      }
      var rest = Array(line.utf8)[...]
      while let file = descriptor, !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        // A full disk must not stop a payment; the line is lost.
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}
