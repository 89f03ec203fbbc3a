internal import Dispatch
package import Evidence
internal import Platform

/// The last checkpoint of each log, in a folder beside the database: a database that was set back doesn't know what was signed of it since.
package final class LogMemory: Sendable {
  /// Its files are written one after another, off the threads that must not wait.
  private let queue = DispatchQueue(label: "cordon.evidence.memory")
  private let directory: String

  package init(directory: String) { self.directory = directory }

  /// Nil where nothing of the log was signed on this machine.
  package func last(of log: LogIdentity) async throws(LogRefusal) -> [UInt8]? {
    let path = path(of: log)
    return try await run { () throws(FileFault) in try DurableFile.read(path, bytesMax: SignedNote.bytesMax) }
  }

  /// Returns when the file would survive the loss of power.
  package func remember(_ signed: SignedCheckpoint, of log: LogIdentity) async throws(LogRefusal) {
    let (path, bytes) = (path(of: log), signed.bytes)
    _ = try await run { () throws(FileFault) -> [UInt8]? in
      try DurableFile.write(bytes, to: path, mode: 0o600)
      return nil
    }
  }

  private func run(_ work: @escaping @Sendable () throws(FileFault) -> [UInt8]?) async throws(LogRefusal) -> [UInt8]? {
    let result: Result<[UInt8]?, LogRefusal> = await withCheckedContinuation { continuation in
      queue.async {
        do throws(FileFault) {
          continuation.resume(returning: .success(try work()))
        } catch {
          continuation.resume(returning: .failure(LogRefusal(.memoryUnusable, error.description)))
        }
      }
    }
    return try result.get()
  }

  private func path(of log: LogIdentity) -> String {
    "\(directory)/\(log.description.replacing("/", with: "_")).checkpoint"
  }
}
