internal import Glibc
internal import Synchronization

/// A program started by `posix_spawn` in a session of its own: a Ctrl-C at our terminal doesn't reach it, we decide when it stops.
///
/// A thread of its own waits for it, so that no thread of the cooperative pool is blocked and a cancelled task can still wait.
package final class ChildProcess: Sendable {
  private struct State {
    var exitCode: Int32?
    var waiters: [CheckedContinuation<Int32, Never>] = []
  }

  package let pid: Int32
  private let state = Mutex(State())

  /// - Parameters:
  ///   - command: the program's absolute path and its arguments.
  ///   - inherited: descriptors of ours that the child gets as 3, 4 and so on; it gets no other.
  ///   - output: where standard output and error go; nil for `/dev/null`.
  ///   - variables: its environment; nothing of ours reaches it unasked.
  package init(
    _ command: [String], inherited: [Int32] = [], output: Int32?,
    environment variables: [String: String] = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"]
  ) throws(PrivateServerError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    // Copies with high numbers: a source must not be overwritten by the target of another.
    let copies = inherited.map { fcntl($0, F_DUPFD_CLOEXEC, 64) }
    defer { for copy in copies { close(copy) } }
    for (index, copy) in copies.enumerated() { posix_spawn_file_actions_adddup2(&actions, copy, Int32(3 + index)) }
    // Not everybody in our process marks descriptors close-on-exec; a server that held another's pipe open would keep its reader waiting.
    _ = Self.closeFrom?(&actions, Int32(3 + inherited.count))

    var attributes = Self.attributes()
    defer { posix_spawnattr_destroy(&attributes) }
    let arguments = Self.nullTerminated(command)
    let environment = Self.nullTerminated(variables.map { "\($0.key)=\($0.value)" })
    defer { for pointer in arguments + environment { free(pointer) } }

    var started: pid_t = 0
    let failure = posix_spawn(&started, command[0], &actions, &attributes, arguments, environment)
    guard failure == 0 else {
      throw PrivateServerError(.startFailed, "can't start \(command[0]): \(String(cString: strerror(failure)))")
    }
    pid = started
    try startWaiting()
  }

  /// Suspends until the program has ended. 128 + the signal's number when a signal ended it, as a shell counts.
  @discardableResult
  package func exitCode() async -> Int32 {
    await withCheckedContinuation { continuation in
      let code = state.withLock { state in
        if state.exitCode == nil { state.waiters.append(continuation) }
        return state.exitCode
      }
      if let code { continuation.resume(returning: code) }
    }
  }

  package var hasExited: Bool { state.withLock { $0.exitCode != nil } }

  private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

  /// `posix_spawn_file_actions_addclosefrom_np`, which glibc has since 2.34, and which Swift doesn't import because it is an extension.
  private static let closeFrom: CloseFrom? = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
    unsafeBitCast($0, to: CloseFrom.self)
  }

  /// Copies that the caller frees.
  private static func nullTerminated(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
    strings.map { string in strdup(string) } + [nil]
  }

  /// Signal dispositions and mask as a fresh program expects them: we may be ignoring SIGTERM, and that would be inherited.
  private static func attributes() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which Swift doesn't import
    posix_spawnattr_setflags(&attributes, Int16(Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK) | newSession))
    return attributes
  }

  private func startWaiting() throws(PrivateServerError) {
    let context = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ChildProcess>.fromOpaque(argument).takeRetainedValue().waitForExit()
        return nil
      }, context.toOpaque())
    guard failure == 0 else {
      context.release()
      kill(pid, SIGTERM)
      throw PrivateServerError(.startFailed, "can't create a thread: \(String(cString: strerror(failure)))")
    }
    pthread_detach(thread)
  }

  private func waitForExit() {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    let code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    let waiters = state.withLock { state in
      state.exitCode = code
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(returning: code) }
  }
}
