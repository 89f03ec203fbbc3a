internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Many commands of one brand in one request: `POST /internal/wallet/batch`. They take effect in their order, and each has an outcome of its
/// own: a refused one doesn't keep the others from happening.
struct WalletBatchRoute: Sendable {
  let runner: WalletCommandRunner
  let commands: [WalletCommandEntry]

  var endpoint: Endpoint {
    let entries = Dictionary(commands.map { ($0.name, $0) }) { first, _ in first }
    return Endpoint(
      .post, "/internal/wallet/batch", id: "walletBatch", summary: "Executes up to 500 commands of one brand, each with its own outcome",
      access: .internalCall(brand: .required), body: WalletBatchBody.self, bodyBytesMax: Limits.walletBatchBodyBytesMax,
      reply: .json(WalletBatchAnswer.self), refusals: WalletCommandRunner.refusals
    ) { [runner] request, body in
      let brand = try await runner.brand(of: request)
      let items = body.commands.map { value in
        Result<WalletRequest, any Error> { try Self.command(value, entries, brand, request) }
      }
      var outcomes = await runner.run(items.compactMap { try? $0.get() }).makeIterator()
      let settled = items.map { item -> WalletOutcome in
        switch item {
        case .success: outcomes.next() ?? .failure(Problem(.internalError))
        case .failure(let error): .failure(error)
        }
      }
      return .jsonBytes(try Self.answer(zip(body.commands, settled), request))
    }
  }

  private static func command(
    _ value: JSONValue, _ entries: [String: WalletCommandEntry], _ brand: Brand, _ request: EndpointRequest
  ) throws -> WalletRequest {
    guard case .object(let members) = value, let name = value["command"]?.text, let entry = entries[name] else {
      throw Problem(.invalidField, faults: [.init(pointer: "/command", detail: "must be the name of a command")])
    }
    guard let text = value["idempotency_key"]?.text else { throw Problem(.idempotencyKeyRequired) }
    guard let key = IdempotencyKey(header: text) else { throw Problem(.idempotencyKeyInvalid) }
    let own = members.filter { $0.name != "command" && $0.name != "idempotency_key" }
    return try WalletCommandRunner.command(try entry.ask(.object(own)), key: WalletKeys.role(key), brand: brand, request)
  }

  private static func answer(
    _ settled: some Sequence<(JSONValue, WalletOutcome)>, _ request: EndpointRequest
  ) throws -> [UInt8] {
    var json = JSONBuffer(reserving: 64 * 1024)
    json.put("{\"results\":[")
    var isFirst = true
    for (value, outcome) in settled {
      if !isFirst { json.put(",") }
      isFirst = false
      let answer = try answer(to: outcome, request)
      json.put("{\"body\":", json: answer.body)
      if let key = value["idempotency_key"]?.text { json.put(",\"idempotency_key\":", key) }
      json.put(",\"replayed\":", answer.isReplay)
      json.put(",\"status\":", Int64(answer.status))
      json.put("}")
    }
    json.put("]}")
    return json.bytes
  }

  /// A command that failed is answered as its own route would answer it.
  private static func answer(to outcome: WalletOutcome, _ request: EndpointRequest) throws -> WalletAnswer {
    switch outcome {
    case .success(let answer): return answer
    case .failure(let error):
      let problem = FailureRules.problem(from: error)
      let body = ProblemBody(problem, requestID: request.requestID, traceID: request.trace.traceID)
      return WalletAnswer(status: problem.reason.status, body: try JSONBytes.encode(body), isReplay: false)
    }
  }
}
