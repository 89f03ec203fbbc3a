@testable import Composition
import Kernel
import Platform
import Testing

/// What the isolation audit decides without a stack.
@Suite("The isolation audit's own rules")
struct IsolationRulesTests {
  private static let document = """
    {"paths":{"/v1/things/{thing_id}":{"post":{"operationId":"changeThing","parameters":[
      {"in":"path","name":"thing_id"},{"in":"query","name":"cursor"},{"in":"query","name":"limit"},
      {"in":"header","name":"x-brand-id"},{"in":"header","name":"accept"}],
      "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Change"}}}}}}},
     "components":{"schemas":{"Change":{"properties":{"player_id":{},"amount":{},"brand_ids":{}}}}}}
    """

  private func operations() throws -> [DescribedOperation] {
    try #require(DescribedOperation.all(of: .adminService, in: Array(Self.document.utf8)))
  }

  private func table(_ ask: IsolationAsk) -> IsolationTable {
    IsolationTable(
      rows: [IsolationRow(role: .adminService, operation: "changeThing", actor: .operatorOfBrand, subject: .asks(ask))])
  }

  @Test("the places of an operation that can name something are read from its document")
  func places() throws {
    #expect(
      try operations()[0].places == [
        .init(.path, "thing_id"), .init(.query, "cursor"), .init(.header, "x-brand-id"), .init(.body, "player_id"),
        .init(.body, "brand_ids"),
      ])
    #expect(DescribedOperation.all(of: .adminService, in: Array("[]".utf8)) == nil)
  }

  @Test("an operation without a row, a row without an operation, and a place that no probe fills are findings")
  func coverage() throws {
    let whole = IsolationAsk(
      path: ["thing_id": .thing(.agent)], query: ["cursor": .filter(.cursor)], headers: ["x-brand-id": .thing(.brand)],
      body: ["player_id": .shared(1, "a reason"), "brand_ids": .items([.thing(.brand)]), "amount": 1])
    #expect(IsolationCoverage.findings(try operations(), table(whole)) == [])
    #expect(
      IsolationCoverage.findings(try operations(), IsolationTable(rows: [])).map(\.object) == [
        "changeThing (POST /v1/things/{thing_id})"
      ])
    let stale = IsolationCoverage.findings([], table(whole))
    #expect(stale.map(\.object) == ["changeThing"] && stale[0].detail.contains("no document"))
    // A constant in an identifier's place is no probe.
    let holes = IsolationAsk(path: ["thing_id": .plain("1")], headers: ["x-brand-id": .own(.brand)], body: ["amount": 1])
    #expect(IsolationCoverage.findings(try operations(), table(holes)).count == 5)
    let idle = IsolationTable(rows: [.namesNothing(.adminService, "changeThing", .operatorOfBrand, "nothing")])
    #expect(IsolationCoverage.findings(try operations(), idle).count == 5)
  }

  // MARK: Judging

  private func answer(_ status: Int, _ body: String, isChange: Bool = true, asked: [String] = []) -> IsolationAnswer {
    IsolationAnswer(StackReply(status: status, headers: [:], body: Array(body.utf8)), asked: asked, number: nil, isChange: isChange)
  }

  private func judge(
    _ foreign: IsolationAnswer, _ absent: IsolationAnswer, own: IsolationAnswer?, actor: IsolationActor = .operatorOfBrand,
    ask: IsolationAsk = IsolationAsk(), mode: HarnessProfile = .enforce
  ) -> IsolationJudge.Judgement {
    IsolationJudge.judge(
      .init(foreign: foreign, absent: absent, own: own),
      IsolationRow(role: .adminService, operation: "o", actor: actor, subject: .asks(ask)),
      ask, isIgnored: false, mode: mode)
  }

  @Test("equal answers are a proof only where the owner's own is answered otherwise")
  func equality() {
    let absent = answer(404, #"{"reason":"not_found","request_id":"a"}"#)
    let foreign = answer(404, #"{"reason":"not_found","request_id":"b"}"#)
    #expect(judge(foreign, absent, own: answer(200, "{}")) == .verdict(.same))
    guard case .fault(.unproven, _) = judge(foreign, absent, own: absent) else {
      Issue.record("an own thing that isn't there proves nothing")
      return
    }
    for other in [answer(403, #"{"reason":"forbidden"}"#), answer(404, #"{"reason":"not_found","detail":"of brand 2"}"#)] {
      guard case .fault(.difference, _) = judge(other, absent, own: answer(200, "{}")) else {
        Issue.record("\(other) is not \(absent)")
        return
      }
    }
    guard case .fault(.failure, _) = judge(answer(500, "{}"), answer(500, "{}"), own: answer(200, "{}")) else {
      Issue.record("a server's failure is a finding, also where both fail")
      return
    }
  }

  @Test("the alarm of another brand's row is for callers inside, in enforce, and for nothing else")
  func alarms() {
    let absent = answer(404, #"{"reason":"player_not_found"}"#)
    let alarm = answer(403, #"{"reason":"cross_brand_rejected"}"#)
    let own = answer(200, "{}")
    #expect(judge(alarm, absent, own: own, actor: .role) == .verdict(.alarm))
    for (actor, mode) in [(IsolationActor.operatorOfBrand, HarnessProfile.enforce), (.role, .observe), (.player, .enforce)] {
      guard case .fault(.difference, _) = judge(alarm, absent, own: own, actor: actor, mode: mode) else {
        Issue.record("\(actor) in \(mode)")
        return
      }
    }
    // Another reason beside it isn't agreed.
    let more = answer(200, #"{"results":[{"reason":"cross_brand_rejected"},{"reason":"insufficient_funds"}]}"#)
    guard case .fault(.difference, _) = judge(more, absent, own: own, actor: .role) else {
      Issue.record("a reason that isn't agreed")
      return
    }
  }

  @Test("where no operator of a brand may do it, every answer must be that refusal")
  func barred() {
    let ask = IsolationAsk(barred: .superAdminRequired)
    let refusal = answer(403, #"{"reason":"super_admin_required"}"#)
    #expect(judge(refusal, refusal, own: nil, ask: ask) == .verdict(.barred))
    let done = answer(200, "{}")
    guard case .fault(.difference, _) = judge(done, done, own: nil, ask: ask) else {
      Issue.record("done is not refused")
      return
    }
  }

  @Test("what only names the request is taken out of an answer, and nothing else")
  func words() {
    let words = AnswerWords(asked: ["iso-key-1"], number: .init(name: "player_id", value: 7), elidesNumbers: false)
    let text = words.text(
      of: Array(
        #"{"request_id":"x","player_id":7,"amount":7,"reference":"3:iso-key-1","at":"2026-11-26T04:33:52.1Z","id":"01a21626-0ed5-7f72-84a1-343e8a0f83c8"}"#
          .utf8))
    #expect(text == #"{"player_id":"<asked>","amount":7,"reference":"3:<asked>","at":"<time>","id":"<uuid>"}"#)
    let changed = AnswerWords(asked: [], elidesNumbers: true).text(of: Array(#"{"balance":12,"status":"RS_OK"}"#.utf8))
    #expect(changed == #"{"balance":"<number>","status":"RS_OK"}"#)
  }

  @Test(
    "a thing that never was has the form of one that is",
    arguments: [
      "01a21626-0ed5-7f72-84a1-343e8a0f83c8", "iso-abc.default.local", "2.kq3h-_x", "Bearer a.b.c9",
    ])
  func absence(_ text: String) throws {
    let absent = try #require(IsolationAbsence.like(.string(text)).text)
    #expect(absent != text && absent.utf8.count == text.utf8.count)
    #expect(IsolationAbsence.like(.string(text), turn: 1) != IsolationAbsence.like(.string(text), turn: 2))
  }

  @Test(
    "every Redis key is a brand's, or on the platform's list",
    arguments: [
      ("session:2:01a2", RedisKeyRules.Owner.brand(2)), ("login_attempts:1:ab", .brand(1)), ("plisio:replay:2:p:new", .brand(2)),
      ("domain:agent:brand2.local", .named), ("wallet:events", .stream), ("session:01a2", .nobody), ("session::01a2", .nobody),
      ("wallet:cache", .nobody), ("domain:agent:", .nobody), ("session:0:x", .nobody),
    ])
  func keys(_ key: String, _ owner: RedisKeyRules.Owner) {
    #expect(RedisKeyRules.owner(of: key) == owner)
  }

  @Test("a fingerprint tells which table and which key changed")
  func fingerprints() {
    let before = BrandFingerprint(tables: ["a": "1", "b": "2"], keys: ["k": "1"])
    let after = BrandFingerprint(tables: ["a": "1", "b": "3"], keys: [:])
    #expect(after.differences(to: before) == ["in table b", "key k"])
    #expect(before.differences(to: before) == [])
  }
}
