internal import Dispatch
internal import Glibc
package import Evidence

/// The last checkpoint of each log, in a folder beside the database: a database that was set back doesn't know what was signed of it since.
package final class LogMemory: Sendable {
  /// Its files are written one after another, off the threads that must not wait.
  private let queue = DispatchQueue(label: "cordon.evidence.memory")
  private let directory: String

  package init(directory: String) { self.directory = directory }

  /// Nil where nothing of the log was signed on this machine.
  package func last(of log: LogIdentity) async throws(LogRefusal) -> [UInt8]? {
    let path = path(of: log)
    return try await run { () throws(LogRefusal) in
      let file = open(path, O_RDONLY | O_CLOEXEC)
      if file < 0, errno == ENOENT { return nil }
      guard file >= 0 else { throw Self.fault("read", path) }
      defer { close(file) }
      var bytes = [UInt8](repeating: 0, count: SignedNote.bytesMax + 1)
      let count = read(file, &bytes, bytes.count)
      guard count >= 0 else { throw Self.fault("read", path) }
      return Array(bytes.prefix(count))
    }
  }

  /// Returns when the file would survive the loss of power.
  package func remember(_ signed: SignedCheckpoint, of log: LogIdentity) async throws(LogRefusal) {
    let (path, directory, bytes) = (path(of: log), directory, signed.bytes)
    _ = try await run { () throws(LogRefusal) -> [UInt8]? in
      let part = path + ".part"
      let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw Self.fault("write", part) }
      defer { close(file) }
      guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else { throw Self.fault("write", part) }
      guard rename(part, path) == 0 else { throw Self.fault("write", path) }
      let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard folder >= 0 else { throw Self.fault("synchronise", directory) }
      defer { close(folder) }
      guard fsync(folder) == 0 else { throw Self.fault("synchronise", directory) }
      return nil
    }
  }

  private func run(_ work: @escaping @Sendable () throws(LogRefusal) -> [UInt8]?) async throws(LogRefusal) -> [UInt8]? {
    let result: Result<[UInt8]?, LogRefusal> = await withCheckedContinuation { continuation in
      queue.async {
        do throws(LogRefusal) {
          continuation.resume(returning: .success(try work()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }

  private func path(of log: LogIdentity) -> String {
    "\(directory)/\(log.description.replacing("/", with: "_")).checkpoint"
  }

  private static func fault(_ what: String, _ path: String) -> LogRefusal {
    LogRefusal(.memoryUnusable, "can't \(what) \(path): \(String(cString: strerror(errno)))")
  }
}
