import Foundation
import Redis
import Synchronization

/// A redis-server of the test's own, which it may stop, pause and start again: on a unix socket in a new folder, without persistence.
final class PrivateRedis: Sendable {
  private let folder: URL
  private let options: [String]
  private let process = Mutex<pid_t?>(nil)

  var socketPath: String { folder.appending(path: "s").path }
  var configuration: RedisConfiguration { RedisConfiguration(endpoint: .unix(path: socketPath)) }

  init(_ options: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "cordon-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.options = options
    try start()
  }

  deinit {
    kill()
    try? FileManager.default.removeItem(at: folder)
  }

  func start() throws {
    let arguments =
      ["redis-server", "--port", "0", "--unixsocket", socketPath, "--save", "", "--dir", folder.path, "--logfile", "log"] + options
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var started: pid_t = 0
    let failure = posix_spawnp(&started, "redis-server", nil, nil, &words, environ)
    guard failure == 0 else { throw RedisError(.misconfigured, "redis-server can't be started: \(String(cString: strerror(failure)))") }
    process.withLock { $0 = started }
  }

  /// The server vanishes as in a power cut, and its socket's file with it, as a restarted host would have it.
  func kill() {
    process.withLock { process in
      guard let running = process else { return }
      Foundation.kill(running, SIGKILL)
      waitpid(running, nil, 0)
      process = nil
    }
    unlink(socketPath)
  }

  func pause() { signal(SIGSTOP) }
  func resume() { signal(SIGCONT) }

  private func signal(_ number: Int32) {
    process.withLock { if let running = $0 { Foundation.kill(running, number) } }
  }
}
