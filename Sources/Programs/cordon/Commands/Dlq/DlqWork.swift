internal import Composition
internal import Contracts
internal import Game
internal import Kernel
internal import Platform
internal import Postgres

/// What the commands about dead letters do. `cordon dlq` and the runbook's tool are two ways to say the same.
struct DlqWork {
  private let configuration: ConfigurationOptions
  private let output: OutputOptions

  init(_ configuration: ConfigurationOptions, _ output: OutputOptions) {
    self.configuration = configuration
    self.output = output
  }

  // MARK: Looking

  func list(_ status: DeadLetterStatus, provider: String?, limit: Int) async throws {
    guard 1...10_000 ~= limit else { throw CommandFailure(.usage, "--limit is 1 to 10000") }
    var records = try await reading { try await $0.list(status, provider: provider, limit: limit + 1) }
    let isCut = records.count > limit
    if isCut { records.removeLast() }
    if output.json || !records.isEmpty {
      output.print(json: .array(records.map(DlqReport.json)), text: records.map(DlqReport.line).joined(separator: "\n"))
    }
    if isCut { Terminal.message("cordon: there are more than these \(limit)") }
  }

  func show(_ id: Int64) async throws {
    let record = try await find(id)
    output.print(json: DlqReport.json(record), text: DlqReport.text(record))
  }

  func pending(provider: String, limit: Int) async throws -> [DeadLetterRecord] {
    try await reading { try await $0.list(.pending, provider: provider, limit: limit) }
  }

  /// What would be sent where. Asks nobody but the database.
  func plan(_ id: Int64) async throws {
    let record = try await pendingOne(id)
    let target = try client().target(of: id)
    output.print(json: DlqReport.planJSON(record, target: target), text: DlqReport.plan(record, target: target))
  }

  func predict(_ id: Int64) async throws {
    _ = try await pendingOne(id)
    let answer = try await asking { try await client().foresee(id) }
    output.print(json: Self.json(answer), text: "#\(id) effect=\(answer.effect)")
    guard Self.isReplayable(answer) else { throw CommandFailure(.verificationFailed, "#\(id) would not be replayed: \(answer.effect)") }
  }

  /// - Parameter asking: whether game_service is asked for each letter's effect.
  func planAll(_ records: [DeadLetterRecord], asking isAsking: Bool) async throws {
    let client = try client()
    var lines: [(text: String, json: JSONValue)] = []
    for record in records {
      let target = client.target(of: record.id)
      guard isAsking else {
        lines.append(("POST \(target) \(DlqReport.line(record))", DlqReport.planJSON(record, target: target)))
        continue
      }
      let answer = try await asking { try await client.foresee(record.id) }
      lines.append(("\(DlqReport.line(record)) effect=\(answer.effect)", Self.json(answer)))
    }
    if output.json || !lines.isEmpty { output.print(json: .array(lines.map(\.json)), text: lines.map(\.text).joined(separator: "\n")) }
  }

  // MARK: Deciding

  func replay(_ id: Int64) async throws {
    _ = try await pendingOne(id)
    let answer = try await asking { try await client().replay(id) }
    let record = try await find(id)
    // The row says whether it is done, not the answer.
    guard record.status == .replayed, record.replayRequestID == answer.replayRequestID else {
      throw CommandFailure(.verificationFailed, "#\(id) was answered as replayed, and its row is \(record.status.rawValue)")
    }
    output.print(json: Self.json(answer), text: Self.line(answer))
  }

  func replayAll(_ records: [DeadLetterRecord], perSecond: Int) async throws {
    let stop = StopRequest()
    let run = DlqBulkReplay(client: try client(), perSecond: perSecond, isStopped: { stop.isMade }) { Terminal.message($0) }
    let summary = await run.run(records.map(\.id))
    output.print(json: summary.json, text: summary.text)
    if stop.isMade { throw CommandFailure(.interrupted, "interrupted after \(summary.tried) of \(records.count)") }
    guard summary.left == 0 && summary.refused == 0 else {
      throw CommandFailure(.verificationFailed, "\(summary.left + summary.refused) of \(records.count) dead letters stay pending")
    }
  }

  func abandon(_ id: Int64, by act: OperatorAct, notes: String?, isDryRun: Bool) async throws {
    do {
      let record = try await DatabaseSession.writing(configuration) {
        try await DeadLetterOperations(database: $0).abandon(id, by: act, notes: notes, isDryRun: isDryRun)
      }
      output.print(json: DlqReport.json(record), text: DlqReport.line(record))
    } catch let error as OperationRefused where error.kind == .conflict {
      throw CommandFailure(.verificationFailed, error.description)
    } catch let error as PostgresError where [.server, .paused].contains(error.kind) {
      // The runbook's wrappers look for this status: neither row is written (S0-DLQ-12).
      throw CommandFailure(.verificationFailed, "#\(id) stays as it was: \(error)")
    }
  }

  // MARK: Parts

  private func reading<Value>(_ body: (DeadLetterOperations) async throws -> Value) async throws -> Value {
    try await DatabaseSession.with(configuration) { try await body(DeadLetterOperations(database: $0)) }
  }

  private func find(_ id: Int64) async throws -> DeadLetterRecord { try await reading { try await $0.find(id) } }

  private func pendingOne(_ id: Int64) async throws -> DeadLetterRecord {
    let record = try await find(id)
    guard record.status == .pending else {
      throw CommandFailure(.verificationFailed, "#\(id) is \(record.status.rawValue) already; nothing was sent")
    }
    return record
  }

  // Not inlined: with it in `plan`, the release build of Swift 6.3.1 ends in a fault of the optimiser.
  @inline(never)
  private func client() throws -> DeadLetterReplayClient { DeadLetterReplayClient(try configuration.load(), build: .current) }

  private func asking<Value>(_ call: () async throws -> Value) async throws -> Value {
    do {
      return try await call()
    } catch let problem as Problem {
      throw CommandFailure(.verificationFailed, "it stays pending: \(problem)")
    }
  }

  private static func isReplayable(_ answer: DeadLetterReplayAnswer) -> Bool {
    ReplayEffect(rawValue: answer.effect)?.isReplayable ?? false
  }

  static func line(_ answer: DeadLetterReplayAnswer) -> String {
    "#\(answer.id) status=\(answer.replayStatus) effect=\(answer.effect) replay_request_id=\(answer.replayRequestID ?? "-")"
  }

  private static func json(_ answer: DeadLetterReplayAnswer) -> JSONValue {
    [
      "id": .integer(answer.id), "effect": .string(answer.effect), "replay_status": .string(answer.replayStatus),
      "replay_request_id": answer.replayRequestID.map { .string($0) } ?? .null,
    ]
  }
}
