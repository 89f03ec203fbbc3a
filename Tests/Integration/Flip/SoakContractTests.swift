import Kernel
import Platform
import Testing

@testable import Composition

@Suite("The soak before a flip")
struct SoakContractTests {
  private static let contract = SoakContract(accessMinutes: 60, requestsMin: 100)

  private func state(_ mode: String = "observe", uptime: Int64 = 7200, _ metrics: String = "") throws -> ServiceState {
    let body = """
      {"role":"wallet_service","status":"ok","environment":"test","version":"1","commit":"c","enforcement_mode":"\(mode)",
       "uptime_seconds":\(uptime),"draining":false,"accepted_kids":[],"frozen_tables":[],"freeze_unknown_tables":[],"warnings":[]}
      """
    let text = #"request_total{brand_code="default",service="wallet_service"} 100"# + "\n" + metrics
    return try #require(
      ServiceState(
        .walletService, health: JSONBytes.decode(HealthBody.self, from: Array(body.utf8)), metrics: MetricsText(text),
        now: Timestamp(seconds: 10_000)))
  }

  @Test("S0-ENF-11 two lives of an access token in observe are enough, and a second less is not")
  func window() throws {
    #expect(Self.contract.objections(to: try state()).isEmpty)
    #expect(try state().since == Timestamp(seconds: 2800))
    #expect(Self.contract.objections(to: try state(uptime: 7199)) == ["it has observed for 7199 s of 7200 s; 1 s are left"])
    #expect(Self.contract.objections(to: try state("off")).count == 1)
    #expect(Self.contract.objections(to: try state("enforce", uptime: 1)).isEmpty, "it is there already")
  }

  @Test(
    "S0-ENF-23 S0-SIG-13 one count of anything that enforce would have refused is against the flip, series by series",
    arguments: QuietCounter.all)
  func quiet(_ counter: QuietCounter) throws {
    func series(_ caller: String, _ count: Int) -> String {
      let labels = (["caller_service": caller].merging(counter.labels) { $1 }).map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
      return "\(counter.metric){\(labels)} \(count)\n"
    }
    let found = Self.contract.objections(
      to: try state("observe", uptime: 7200, series("admin", 1) + series("recon", 2) + series("game", 0)))
    #expect(found.count == 2)
    #expect(found.contains { $0.contains("admin") && $0.hasSuffix("is 1, not 0") })
    #expect(found.contains { $0.contains("recon") && $0.hasSuffix("is 2, not 0") })
    #expect(Self.contract.objections(to: try state("observe", uptime: 7200, series("game", 0))).isEmpty)
  }

  @Test("too little traffic proves nothing")
  func traffic() throws {
    let contract = SoakContract(accessMinutes: 60, requestsMin: 101)
    #expect(contract.objections(to: try state()) == ["100 requests of at least 101"])
  }

  @Test("what logs say that enforce would have refused is counted by service, command and brand, with requests to look at")
  func wouldDeny() throws {
    let line =
      #"{"service":"wallet_service","event":"cross_brand_rejected","command":"deposit","request_brand":"2","request_id":"r1","mode":"observe"}"#
    let texts = [
      line, line.replacing("r1", with: "r2"), line.replacing("observe", with: "enforce"), line.replacing(#""2""#, with: #""1""#),
      #"{"service":"wallet_service","reason":"brand_signature_missing","refused":"false","route":"/x","brand_id":1,"request_id":"r9"}"#,
      #"{"service":"wallet_service","reason":"brand_signature_missing","refused":"true","request_id":"r8"}"#,
      #"{"service":"gateway","message":"request","request_id":"r7"}"#,
    ]
    let found = WouldDeny.read(try texts.map { try JSONDocument.parse(Array($0.utf8)) })
    #expect(
      found.map { "\($0.what) \($0.route) \($0.brand) \($0.count) \($0.samples.joined(separator: ","))" } == [
        "cross_brand_rejected deposit 2 2 r1,r2", "brand_signature_missing /x 1 1 r9", "cross_brand_rejected deposit 1 1 r1",
      ])
  }
}
