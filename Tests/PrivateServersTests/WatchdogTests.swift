import Foundation
@testable import PrivateServers
import TestSupport
import Testing

@Suite("The watchdog")
struct WatchdogTests {
  @Test("when the process that holds its pipe is killed, it stops the server in good order and removes the directory")
  func stopsServer() async throws {
    let directory = try ServerDirectory.temporary()
    let stopped = "\(directory.path).stopped"
    defer { unlink(stopped) }
    // The server notes that it was asked to stop, rather than killed.
    let server = ["/bin/sh", "-c", "trap 'echo asked > \(stopped); exit 0' TERM; while :; do sleep 0.02; done"]
    let watchdog = Watchdog.command(
      guarding: server, stopSignal: "TERM", pidFile: "\(directory.path)/pid", removing: directory.path)
    // `sleep` plays our process: it holds the writing end.
    let pipeline = ["/bin/sh", "-c", "sleep 600 | \"$@\" 3<&0", "pipeline"] + watchdog
    let parent = try ChildProcess(pipeline, output: nil)
    try await eventually("the server runs") { FileManager.default.fileExists(atPath: "\(directory.path)/pid") }
    let holder = try await eventually("the holder of the pipe") {
      ProcessTree.members(from: parent.pid).first {
        (try? String(contentsOfFile: "/proc/\($0)/comm", encoding: .utf8)) == "sleep\n" && isHolder($0)
      }
    }

    kill(holder, SIGKILL)
    await parent.exitCode()
    #expect(try String(contentsOfFile: stopped, encoding: .utf8) == "asked\n")
    #expect(!FileManager.default.fileExists(atPath: directory.path))
  }

  @Test("it stops the server also when somebody has removed the directory meanwhile")
  func stopsServerWithoutDirectory() async throws {
    let directory = try ServerDirectory.temporary()
    let pidFile = "\(directory.path)/pid"
    let watchdog = Watchdog.command(guarding: ["/bin/sleep", "600"], stopSignal: "TERM", pidFile: pidFile, removing: directory.path)
    let ends = try #require(socketPair())
    let parent = try ChildProcess(watchdog, inherited: [ends[0]], output: nil)
    close(ends[0])
    try await eventually("the server runs") { FileManager.default.fileExists(atPath: pidFile) }
    await directory.remove()
    close(ends[1])
    #expect(await parent.exitCode() == 128 + SIGTERM)
  }

  @Test("a server that ends by itself keeps its directory, and the watchdog passes its exit code on")
  func keepsDirectory() async throws {
    let directory = try ServerDirectory.temporary()
    let watchdog = Watchdog.command(
      guarding: ["/bin/sh", "-c", "exit 7"], stopSignal: "TERM", pidFile: "\(directory.path)/pid", removing: directory.path)
    let ends = try #require(socketPair())
    defer { ends.forEach { close($0) } }
    let parent = try ChildProcess(watchdog, inherited: [ends[0]], output: nil)
    #expect(await parent.exitCode() == 7)
    #expect(FileManager.default.fileExists(atPath: directory.path))
    await directory.remove()
  }

  private func socketPair() -> [Int32]? {
    var ends: [Int32] = [0, 0]
    return socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 ? ends : nil
  }

  private func isHolder(_ process: pid_t) -> Bool {
    (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) == "sleep\0600\0"
  }
}
