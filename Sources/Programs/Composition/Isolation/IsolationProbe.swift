internal import Kernel
internal import Platform

/// One brand asks every operation for the other's things; then the other asks for its own.
struct IsolationProbe: Sendable {
  /// What came of a probe before its control.
  struct Pending: Sendable {
    let row: IsolationRow
    let ask: IsolationAsk
    let operation: DescribedOperation
    let place: IsolationPlace
    let thing: IsolationThing
    let isIgnored: Bool
    let value: JSONValue
    let foreign: IsolationAnswer
    let absent: IsolationAnswer
    /// Text of the owner in the answer.
    let disclosed: String?
  }

  enum Step: Sendable {
    case pending(Pending)
    case outcome(IsolationOutcome)
    case fault(IsolationFinding, IsolationOutcome)
  }

  /// What runs beside may change a list between two questions.
  private static let pairsMax = 3
  private static let controlsMax = 20

  let asker: IsolationCast
  let askers: IsolationCanaries
  let owner: IsolationCast
  let owners: IsolationCanaries
  let operations: [String: DescribedOperation]
  let mode: HarnessProfile
  /// Whether the owner's numbers are past those of the asker.
  let isAhead: Bool

  // MARK: Asking for the other's

  func ask(_ row: IsolationRow, progress: (String) -> Void) async throws -> [Step] {
    guard let operation = operations["\(row.role.rawValue) \(row.operation)"], let ask = row.ask else { return [] }
    if ask.probes.isEmpty { return [] }
    if let closed = try await closed(row, ask, operation) { return [.outcome(closed)] }
    progress("\(askers.brand.code) asks \(row.role.rawValue) \(row.operation)")
    var steps: [Step] = []
    for (turn, probe) in ask.probes.enumerated() {
      steps.append(try await self.ask(row, ask, operation, probe, turn: turn))
    }
    return steps
  }

  private func ask(
    _ row: IsolationRow, _ ask: IsolationAsk, _ operation: DescribedOperation,
    _ probe: (place: IsolationPlace, thing: IsolationThing, isIgnored: Bool), turn: Int
  ) async throws -> Step {
    if probe.thing.isCounted, !isAhead { return .outcome(outcome(row, probe.place, .counted, "each brand counts its own")) }
    guard let value = try await value(probe.thing, row, ask, operation, probe.place) else {
      return fault(.unproven, row, probe.place, "the owner has no \(probe.thing.name) to ask for")
    }
    // A key with another number at its end is another row's.
    let isKey = [IsolationThing.roleKey, .playerKey, .operatorKey].contains(probe.thing)
    let absent: JSONValue =
      isKey
      ? .string("\(IsolationCast.word(value))-none-\(row.operation)") : IsolationAbsence.like(value, turn: turn + row.operation.utf8.count)
    let asking = IsolationAsker(cast: asker, own: askers, isControl: false)
    var pair = try await Self.pair(asking, row, ask, operation, probe.place, value, absent)
    for _ in 1..<Self.pairsMax where pair.0.answer != pair.1.answer && pair.0.answer.summary == pair.1.answer.summary {
      pair = try await Self.pair(asking, row, ask, operation, probe.place, value, absent)
    }
    return .pending(
      Pending(
        row: row, ask: ask, operation: operation, place: probe.place, thing: probe.thing, isIgnored: probe.isIgnored, value: value,
        foreign: pair.0.answer, absent: pair.1.answer, disclosed: disclosed(pair.0, value)))
  }

  private static func pair(
    _ asking: IsolationAsker, _ row: IsolationRow, _ ask: IsolationAsk, _ operation: DescribedOperation, _ place: IsolationPlace,
    _ value: JSONValue, _ absent: JSONValue
  ) async throws -> (IsolationAsker.Asked, IsolationAsker.Asked) {
    let foreign = try await asking.ask(row, ask, operation, probed: (place, value))
    return (foreign, try await asking.ask(row, ask, operation, probed: (place, absent)))
  }

  /// The owner's thing. Cursors are the list's own: the owner is given one by asking for a page of one.
  private func value(
    _ thing: IsolationThing, _ row: IsolationRow, _ ask: IsolationAsk, _ operation: DescribedOperation, _ place: IsolationPlace
  ) async throws -> JSONValue? {
    if [.roleKey, .playerKey, .operatorKey].contains(thing), place.part != .query,
      let number = IsolationTable.keyed(thing).firstIndex(of: "\(row.role.rawValue) \(row.operation)")
    {
      return .string(IsolationCast.numbered(owners[thing], number))
    }
    guard thing == .cursor else { return owners[thing] }
    let page = try await IsolationAsker(cast: owner, own: owners, isControl: true).ask(row, ask, operation, probed: nil, limit: 1)
    // Where nobody of a brand may ask at all, any cursor will do.
    return JSONMember.value("next_cursor", of: page.reply.body) ?? (ask.barred == nil ? nil : .string("isolation-\(askers.brand.code)-0"))
  }

  /// Text of the owner that the answer has although the request did not.
  private func disclosed(_ asked: IsolationAsker.Asked, _ value: JSONValue) -> String? {
    let text = asked.reply.text + asked.reply.headers.values.joined(separator: "\n")
    if let mark = owners.marks.first(where: { mark in
      text.contains(mark) && !asked.words.contains { $0.contains(mark) || mark.contains($0) && $0.utf8.count >= 8 }
    }) {
      return owners.values.first { $0.value.text == mark }?.key.name ?? "a name"
    }
    guard let json = try? JSONDocument.parse(asked.reply.body) else { return nil }
    let numbers: [(String, IsolationThing)] = [("player_id", .player), ("agent_id", .agent), ("audit_id", .auditRow)]
    return numbers.first { name, thing in owners[thing] != value && Self.has(name, owners[thing], in: json) }?.1.name
  }

  private static func has(_ name: String, _ value: JSONValue?, in json: JSONValue) -> Bool {
    switch json {
    case .object(let members): members.contains { $0.name == name && $0.value == value || has(name, value, in: $0.value) }
    case .array(let items): items.contains { has(name, value, in: $0) }
    case .null, .boolean, .number, .string: false
    }
  }

  /// A door that nobody has the secret for: both brands find nothing behind it.
  private func closed(_ row: IsolationRow, _ ask: IsolationAsk, _ operation: DescribedOperation) async throws -> IsolationOutcome? {
    guard row.actor == .payments, asker.doors.identity.paymentSecret(of: askers.brand) == nil else { return nil }
    let own = try await IsolationAsker(cast: asker, own: askers, isControl: true).ask(row, ask, operation, probed: nil)
    guard own.answer.status == 404 else { return nil }
    return outcome(row, nil, .closed, "404: the brand takes no payments this way")
  }

  // MARK: The owner's own

  func control(_ pending: Pending) async throws -> Step {
    var answers = IsolationJudge.Answers(foreign: pending.foreign, absent: pending.absent)
    if pending.ask.barred == nil, !pending.isIgnored, !pending.ask.isSilent { answers.own = try await own(pending) }
    if let disclosed = pending.disclosed {
      return fault(.disclosure, pending.row, pending.place, "the answer \(pending.foreign.summary) has the owner's \(disclosed) in it")
    }
    switch IsolationJudge.judge(answers, pending.row, pending.ask, isIgnored: pending.isIgnored, mode: mode) {
    case .verdict(let verdict): return .outcome(outcome(pending.row, pending.place, verdict, pending.foreign.summary))
    case .fault(let kind, let detail): return fault(kind, pending.row, pending.place, detail)
    }
  }

  /// Again until it is there: receipts and logs follow what they are of after a moment.
  private func own(_ pending: Pending) async throws -> IsolationAnswer {
    let asking = IsolationAsker(cast: owner, own: owners, isControl: true)
    var answer = pending.absent
    for _ in 0..<Self.controlsMax {
      answer = try await asking.ask(pending.row, pending.ask, pending.operation, probed: (pending.place, pending.value)).answer
      guard answer == pending.absent, pending.thing.isCounted else { return answer }
      try await Task.sleep(for: .milliseconds(250))
    }
    return answer
  }

  // MARK: Outcomes

  private func outcome(
    _ row: IsolationRow, _ place: IsolationPlace?, _ verdict: IsolationOutcome.Verdict, _ detail: String
  ) -> IsolationOutcome {
    IsolationOutcome(
      role: row.role.rawValue, operation: row.operation, place: place, actor: row.actor, asker: askers.brand.code,
      owner: owners.brand.code, verdict: verdict, detail: detail)
  }

  private func fault(_ kind: IsolationFinding.Kind, _ row: IsolationRow, _ place: IsolationPlace, _ detail: String) -> Step {
    let object = "\(row.operation), \(place), \(row.actor) of \(askers.brand.code) asking for \(owners.brand.code)'s"
    return .fault(IsolationFinding(kind, row.role.rawValue, object, detail), outcome(row, place, .failed, "\(kind.rawValue): \(detail)"))
  }
}
