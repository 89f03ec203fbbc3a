import AsyncHTTPClient
import HTTPTypes
import Kernel
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization

@testable import Platform

/// A role that serves on a free port while a test talks to it over HTTP.
struct ServedRole: Sendable {
  struct Answer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value { try JSONBytes.decode(type, from: body) }
    var reason: String? { try? decoded(ProblemBody.self).reason }
  }

  let port: Int
  let context: RoleContext
  let inFlight: InFlightRequests
  let log: LogCapture

  /// Serves `endpoints` while `body` runs, then stops and waits for the end.
  static func serving<Value: Sendable>(
    _ endpoints: [Endpoint] = ExampleRoutes().endpoints, flags: [String: String] = [:], limits: HTTPLimits = HTTPLimits(),
    checks: [ReadinessCheck] = [],
    drain: DrainState = DrainState(), _ body: @escaping @Sendable (ServedRole) async throws -> Value
  ) async throws -> Value {
    let log = LogCapture()
    let context = try TestRole.context(flags, log: log, drain: drain)
    let inFlight = InFlightRequests()
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let server = RoleServer(
      context: context, endpoints: endpoints, requestGuard: HeaderGuard(), checks: checks, acceptedKeyIDs: { ["key-2", "key-1"] },
      warnings: { ["brand one is odd"] },
      limits: limits,
      inFlight: inFlight, onListening: { port.yield($0) })
    let group = ServiceGroup(configuration: .init(services: [server], logger: context.logger))
    return try await withThrowingTaskGroup(of: Value?.self) { tasks in
      tasks.addTask {
        try await group.run()
        port.finish()
        return nil
      }
      tasks.addTask {
        for await number in ports {
          defer { Task { await group.triggerGracefulShutdown() } }
          return try await body(ServedRole(port: number, context: context, inFlight: inFlight, log: log))
        }
        throw CancellationError()
      }
      var result: Value?
      for try await value in tasks { result = value ?? result }
      guard let result else { throw CancellationError() }
      return result
    }
  }

  func send(_ method: String = "GET", _ path: String, headers: [(String, String)] = [], body: [UInt8]? = nil) async throws -> Answer {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    request.method = .RAW(value: method)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let body { request.body = .bytes(body) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    let bytes = try await response.body.collect(upTo: 16 * 1024 * 1024)
    return Answer(
      status: Int(response.status.code), headers: response.headers.map { (name: $0.name, value: $0.value) },
      body: Array(bytes.readableBytesView))
  }

  /// A JSON body under brand 1, as an internal caller sends it.
  func post(_ path: String, _ json: String, headers: [(String, String)] = []) async throws -> Answer {
    try await send(
      "POST", path, headers: [("content-type", "application/json"), ("x-brand-id", "1"), ("x-caller-service", "gateway")] + headers,
      body: Array(json.utf8))
  }
}
