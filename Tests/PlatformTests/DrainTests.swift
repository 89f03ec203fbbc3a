import AsyncHTTPClient
import HTTPTypes
import Kernel
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("Going down")
struct DrainTests {
  private static func slow(_ gate: Gate) -> Endpoint {
    Endpoint(.post, "/v1/slow", id: "slow", summary: "Waits", access: .visitor, body: ExampleRoutes.NewNote.self, reply: .noContent) {
      _, _ in
      await gate.pass()
      return .noContent
    }
  }

  private static let note = #"{"title":"a","amount":{"amount":1,"currency":"EUR"}}"#

  @Test("S4-STOP-01, S4-STOP-04 readiness is false at once, what is in flight completes, reads are taken and new writes get 503")
  func draining() async throws {
    let gate = Gate()
    let drain = DrainState()
    try await ServedRole.serving([Self.slow(gate)] + ExampleRoutes().endpoints, drain: drain) { role in
      async let inFlight = role.post("/v1/slow", Self.note)
      try await eventually("the handler runs") { gate.arrived == 1 }
      drain.begin()
      #expect(try await role.send("GET", "/ready").status == 503)
      #expect(try await role.send("GET", "/health").status == 200)
      #expect(try await role.send("GET", "/v1/notes/5", headers: [("x-brand-id", "1")]).status == 200)
      let refused = try await role.post("/v1/slow", Self.note)
      #expect(refused.status == 503)
      #expect(refused.reason == "draining")
      #expect(refused.header("connection") == "close")
      #expect(role.inFlight.all.map(\.path) == ["/v1/slow"])
      gate.open()
      #expect(try await inFlight.status == 204)
      #expect(gate.arrived == 1)
    }
  }

  @Test("S4-STOP-02 a stop closes idle connections, refuses new ones and ends when the last answer is written")
  func graceful() async throws {
    let gate = Gate()
    let log = LogCapture()
    let context = try TestRole.context(["CORDON_DRAIN_SECONDS": "0"], log: log)
    let listening = Mutex(0)
    let inFlight = InFlightRequests()
    let server = RoleServer(
      context: context, endpoints: [Self.slow(gate)], requestGuard: HeaderGuard(), checks: [], inFlight: inFlight,
      onListening: { port in listening.withLock { $0 = port } })
    let trigger = StopTrigger()
    let lifecycle = ProcessLifecycle(
      configuration: context.configuration, build: context.build, logger: context.logger, drain: context.drain, inFlight: inFlight,
      forceExit: { _ in Issue.record("the stop was forced") })
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await lifecycle.run([server, trigger], signals: []) }
      let port = try await eventually("the server listens") { listening.withLock { $0 == 0 ? nil : $0 } }
      let idle = try RawConnection(port: port)
      idle.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try await idle.read(until: "role")
      let busy = try RawConnection(port: port)
      busy.send(
        "POST /v1/slow HTTP/1.1\r\nHost: a\r\nX-Brand-Id: 1\r\nContent-Type: application/json\r\nContent-Length: \(Self.note.utf8.count)\r\n\r\n\(Self.note)"
      )
      try await eventually("the handler runs") { gate.arrived == 1 }
      trigger.stop()
      #expect(try await idle.readToEnd() == "")
      try await eventually("nobody listens") { (try? RawConnection(port: port)) == nil }
      gate.open()
      let answer = try await busy.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 204 "))
      #expect(answer.lowercased().contains("connection: close"))
      try await tasks.waitForAll()
    }
    #expect(log.lines.contains { $0.contains(#""message":"stopped""#) })
  }

  @Test("S4-STOP-05, S4-STOP-06 a stop that doesn't end in time is written down, with what it waits for, and forced")
  func forced() async throws {
    let gate = Gate()
    let directory = try TestFolder.make()
    let context = try TestRole.context(["CORDON_DRAIN_SECONDS": "0", "CORDON_SHUTDOWN_SECONDS": "1", "CORDON_DIAGNOSTICS_DIR": directory])
    let inFlight = InFlightRequests()
    let key = inFlight.begin(service: "wallet_service", method: "POST", path: "/v1/wallet/bets", requestID: "stuck-1")
    let exits = Mutex<[Int32]>([])
    let lifecycle = ProcessLifecycle(
      configuration: context.configuration, build: context.build, logger: context.logger, drain: context.drain, inFlight: inFlight,
      forceExit: { status in
        exits.withLock { $0.append(status) }
        gate.open()
      })
    let stuck = StuckService(gate: gate)
    let trigger = StopTrigger()
    trigger.stop()
    try await lifecycle.run([stuck, trigger], signals: [])
    inFlight.end(key)
    #expect(exits.withLock { $0 } == [1])
    let text = try #require(TestFolder.onlyFile(in: directory))
    TestFolder.remove(directory)
    for part in ["forced_stop", "stuck-1", "/v1/wallet/bets", "wallet_service", "1.2.3", #""unfinished":["StuckService"]"#] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
  }
}
