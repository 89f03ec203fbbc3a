import Foundation
import TestSupport
import Testing

@Suite("The harness against a stack that is already up", .tags(.localDockerE2E))
struct RunningStackTests {
  @Test(
    "S0-E2E-05 with LOCAL_DOCKER_E2E=1 the stack of `make up` passes",
    .enabled(if: RunningStackGate.isOpen(ProcessInfo.processInfo.environment)))
  func running() async throws {
    let configuration = ProcessInfo.processInfo.environment["CORDON_CONFIG_FILE"] ?? ".cordon/cordon.env"
    let run = try await CordonProgram(environment: [:]).run("verify", "two-brand", "--config", configuration)
    #expect(run.status == 0, "\(run.output)\(run.messages)")
  }

  @Test(
    "S0-E2E-05 without it that test is skipped",
    arguments: [([:], false), (["LOCAL_DOCKER_E2E": "0"], false), (["LOCAL_DOCKER_E2E": "1"], true)])
  func gate(_ environment: [String: String], _ isOpen: Bool) {
    #expect(RunningStackGate.isOpen(environment) == isOpen)
  }
}
