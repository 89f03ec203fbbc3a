internal import Glibc
internal import Synchronization

/// A program that is run to its end and can't outlive us: a watchdog stops it when this process ends in any way.
package final class GuardedProgram: Sendable {
  /// How it ended.
  package struct Ending: Sendable {
    /// 128 + the signal's number when a signal ended it, as a shell counts.
    package let code: Int32
    /// The last lines of what it wrote.
    package let messages: String
  }

  /// The writing end of the watchdog's pipe, nil once it is closed.
  private let pipe: Mutex<Int32?>

  private init(pipe: Int32) { self.pipe = Mutex(pipe) }

  /// A cancelled task stops the program, and then waits for it all the same.
  ///
  /// - Parameters:
  ///   - command: the program's absolute path and its arguments.
  ///   - variables: what it gets beside `PATH`; nothing of ours reaches it unasked.
  package static func run(_ command: [String], environment variables: [String: String]) async throws(PrivateServerError) -> Ending {
    let directory = try ServerDirectory.temporary()
    do throws(PrivateServerError) {
      let ending = try await run(command, variables, in: directory.path)
      await directory.remove()
      return ending
    } catch {
      await directory.remove()
      throw error
    }
  }

  private static func run(
    _ command: [String], _ variables: [String: String], in directory: String
  ) async throws(PrivateServerError) -> Ending {
    let log = directory + "/messages"
    let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw PrivateServerError(.directory, "can't open \(log): \(String(cString: strerror(errno)))") }
    defer { close(output) }
    var ends: [Int32] = [0, 0]
    // As in SupervisedServer: a socket pair can be made close-on-exec in one step.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw PrivateServerError(.startFailed, "no descriptors left: \(String(cString: strerror(errno)))")
    }
    defer { close(ends[0]) }
    let program = GuardedProgram(pipe: ends[1])
    let child = try ChildProcess(
      Watchdog.command(guarding: command, stopSignal: "TERM", pidFile: directory + "/pid", removing: nil), inherited: [ends[0]],
      output: output, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"].merging(variables) { $1 })
    let code = await withTaskCancellationHandler {
      await child.exitCode()
    } onCancel: {
      program.closePipe()
    }
    return Ending(code: code, messages: ServerFiles.tail(of: log))
  }

  deinit { closePipe() }

  private func closePipe() {
    pipe.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }
}
