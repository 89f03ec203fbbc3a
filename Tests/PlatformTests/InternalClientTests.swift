import AsyncHTTPClient
import Contracts
import HTTPTypes
import Kernel
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("Calls between roles")
struct InternalClientTests {
  private struct Signer: RequestSigner {
    func headers(for call: OutboundCall) throws -> HTTPFields {
      [
        HTTPField.Name("x-brand-signature") ?? .via:
          "\(call.method.rawValue) \(call.target) \(call.body.count) \(call.caller.rawValue) \(call.brand.map { "\($0)" } ?? "-")"
      ]
    }
  }

  private static func client(_ role: ServedRole, port: Int? = nil) -> InternalClient {
    InternalClient(
      http: .shared, caller: .gateway, target: .walletService, baseURL: "http://127.0.0.1:\(port ?? role.port)/", token: "the-token",
      signer: Signer(),
      metrics: role.context.metrics)
  }

  private static func context(_ role: ServedRole) -> CallContext {
    CallContext(requestID: "call-1", trace: .new(), logger: role.context.logger)
  }

  @Test("S0-TOK-01 every call carries caller, token, brand, request id, a child span and the signature")
  func headers() async throws {
    let seen = Mutex<HTTPFields>([:])
    let echo = Endpoint(
      .post, "/internal/echo", id: "echo", summary: "Echo", access: .internalCall(brand: .required), body: ExampleRoutes.NewNote.self,
      reply: .noContent
    ) { request, _ in
      seen.withLock { $0 = request.headers }
      return .noContent
    }
    try await ServedRole.serving([echo]) { role in
      let context = Self.context(role)
      let body = Array(#"{"title":"a","amount":{"amount":1,"currency":"EUR"}}"#.utf8)
      let reply = try await Self.client(role).send(.post, "/internal/echo", body: body, brand: BrandID(2), context: context)
      #expect(reply.status == .noContent)
      let headers = seen.withLock { $0 }
      #expect(headers.single("x-caller-service") == "gateway")
      #expect(headers.single("x-internal-service-token") == "the-token")
      #expect(headers.single("x-brand-id") == "2")
      #expect(headers.single("x-request-id") == "call-1")
      #expect(headers.single("x-brand-signature") == "POST /internal/echo \(body.count) gateway 2")
      let span = try #require(headers.single("traceparent").flatMap(TraceContext.parse))
      #expect(span.traceID == context.trace.traceID && span.spanID != context.trace.spanID)
    }
  }

  @Test("an answer becomes a value, and a refusal the same refusal")
  func answers() async throws {
    try await ServedRole.serving { role in
      let client = Self.client(role)
      let context = Self.context(role)
      let note = try await client.call(.get, "/v1/notes/5", answer: ExampleRoutes.Note.self, brand: BrandID(1), context: context)
      #expect(note.id == 5)
      let taken = ExampleRoutes.NewNote(title: "taken", amount: .init(Money.zero(try #require(Currency(code: "EUR")))), copies: nil)
      await #expect(throws: Problem(.accountTaken)) {
        _ = try await client.call(.post, "/v1/notes", body: taken, answer: ExampleRoutes.Note.self, brand: BrandID(1), context: context)
      }
      let refused = try await #require(throws: Problem.self) {
        _ = try await client.call(.get, "/v1/notes?limit=x", answer: ExampleRoutes.Note.self, brand: BrandID(1), context: context)
      }
      #expect(refused.reason == .invalidField && refused.faults.map(\.pointer) == ["/query/limit"])
    }
  }

  @Test("nobody there is upstream_unavailable, and no answer in time upstream_timeout")
  func failures() async throws {
    let gate = Gate()
    let slow = Endpoint(.get, "/internal/slow", id: "slow", summary: "Waits", access: .open, reply: .noContent) { _ in
      await gate.pass()
      return .noContent
    }
    let free = try FreePort.next()
    try await ServedRole.serving([slow]) { role in
      let context = Self.context(role)
      let nobody = try await #require(throws: Problem.self) {
        _ = try await Self.client(role, port: free).send(.get, "/", body: [], brand: nil, context: context, deadline: .seconds(5))
      }
      #expect(nobody.reason == .upstreamUnavailable)
      let late = try await #require(throws: Problem.self) {
        _ = try await Self.client(role).send(.get, "/internal/slow", body: [], brand: nil, context: context, deadline: .milliseconds(200))
      }
      #expect(late.reason == .upstreamTimeout)
      gate.open()
      let text = role.context.registry.exposition(.prometheus)
      #expect(text.contains(#"cordon_internal_call_duration_seconds_count{target="wallet_service",outcome="upstream_timeout"} 1"#))
    }
  }

  @Test("a refused internal token is our own fault and not our caller's")
  func tokenRefused() async throws {
    for reason in [ProblemReason.callerTokenInvalid, .callerMismatch, .brandSignatureInvalid] {
      let refusing = Endpoint(.get, "/internal/x", id: "x", summary: "Refuses", access: .open, reply: .noContent) { _ in
        throw Problem(reason)
      }
      try await ServedRole.serving([refusing]) { role in
        let problem = try await #require(throws: Problem.self) {
          _ = try await Self.client(role).call(
            .get, "/internal/x", answer: ExampleRoutes.Note.self, brand: nil, context: Self.context(role))
        }
        #expect(problem.reason == .upstreamUnavailable)
      }
    }
  }
}
