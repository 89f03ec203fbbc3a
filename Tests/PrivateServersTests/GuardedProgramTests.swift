import Foundation
import PrivateServers
import TestSupport
import Testing

@Suite("Programs that can't outlive us")
struct GuardedProgramTests {
  @Test("its exit code and its last words come back, with the variables that it was given and no other")
  func ending() async throws {
    let ending = try await GuardedProgram.run(
      ["/bin/sh", "-c", "echo \"said $WORD$HOME\" >&2; exit 7"], environment: ["WORD": "it"])
    #expect(ending.code == 7 && ending.messages.hasSuffix("said it"))
    let signalled = try await GuardedProgram.run(["/bin/sh", "-c", "kill -s XFSZ $$"], environment: [:])
    #expect(signalled.code == 153)
  }

  @Test("a cancelled task asks it to stop, and waits until it has")
  func cancelled() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/cordon-guarded-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = "trap 'echo asked > \(folder)/asked; exit 3' TERM; echo > \(folder)/runs; while :; do sleep 0.02; done"
    let task = Task { try await GuardedProgram.run(["/bin/sh", "-c", script], environment: [:]).code }
    try await eventually("the program runs") { FileManager.default.fileExists(atPath: folder + "/runs") }
    task.cancel()
    #expect(try await task.value == 3)
    #expect(FileManager.default.fileExists(atPath: folder + "/asked"))
  }
}
