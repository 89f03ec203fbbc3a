internal import Glibc
internal import Synchronization

/// A running server with its watchdog, its lock and its log.
final class SupervisedServer: Sendable {
  /// What a server needs to be started.
  struct Plan {
    let name: String
    let command: [String]
    let stopSignal: String
    /// Its own part of the server directory; the lock, the log and the pid file stand beside it.
    let part: String
    let removing: String?
  }

  private let watchdog: ChildProcess
  /// The writing end of the watchdog's pipe, nil once it is closed.
  private let pipe: Mutex<Int32?>
  private let pidFile: String
  let log: String

  init(_ plan: Plan, lock: InstanceLock) throws(PrivateServerError) {
    log = plan.part + ".log"
    pidFile = plan.part + ".pid"
    rename(log, log + ".previous")
    let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw PrivateServerError(.directory, "can't open \(log): \(String(cString: strerror(errno)))") }
    defer { close(output) }
    var ends: [Int32] = [0, 0]
    // A socket pair serves as a pipe here, because it alone can be made close-on-exec in one step: a program that another thread
    // starts in between would keep our end open, and the server alive.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw PrivateServerError(.startFailed, "no descriptors left: \(String(cString: strerror(errno)))")
    }
    defer { close(ends[0]) }
    let command = Watchdog.command(guarding: plan.command, stopSignal: plan.stopSignal, pidFile: pidFile, removing: plan.removing)
    pipe = Mutex(ends[1])
    watchdog = try ChildProcess(command, inherited: [ends[0], lock.descriptor], output: output)
  }

  deinit { closePipe() }

  var hasExited: Bool { watchdog.hasExited }

  /// The server's own process, once the watchdog has started it and until it has ended.
  var process: pid_t? {
    guard !hasExited else { return nil }
    return ServerFiles.text(of: pidFile).flatMap { pid_t($0.filter(\.isNumber)) }
  }

  /// Suspends until `ready` says so; throws with the end of the log when the server ends first or the time is up.
  func waitUntilReady(_ name: String, within limit: Duration, _ ready: () -> Bool) async throws(PrivateServerError) {
    let deadline = ContinuousClock.now + limit
    while !ready() {
      let problem = hasExited ? "ended at once" : ContinuousClock.now > deadline ? "isn't ready after \(limit)" : nil
      if let problem {
        await stop()
        throw PrivateServerError(.startFailed, "\(name) \(problem); the end of \(log):\n\(ServerFiles.tail(of: log))")
      }
      do { try await Task.sleep(for: .milliseconds(10)) } catch {
        await stop()
        throw PrivateServerError(.startFailed, "the start of \(name) was cancelled")
      }
    }
  }

  /// Asks the server to stop, and suspends until it has. Safe to call twice, and from a cancelled task.
  func stop() async {
    closePipe()
    await watchdog.exitCode()
  }

  /// Asks the server to stop without letting the watchdog know, so that it keeps the directory; a new server may start on it.
  func stopForRestart(_ signal: Int32) async {
    if let process { kill(process, signal) }
    await watchdog.exitCode()
  }

  /// Ends the server and its workers as a crash would.
  func crash() async {
    signalAll(SIGKILL)
    await watchdog.exitCode()
  }

  /// To the server and all of its workers.
  func signalAll(_ signal: Int32) {
    guard let process else { return }
    ProcessTree.signal(signal, from: process)
  }

  private func closePipe() {
    pipe.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }
}
