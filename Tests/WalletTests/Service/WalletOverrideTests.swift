import Foundation
import Kernel
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Wallet

@Suite("An override of enforcement for one caller")
struct WalletOverrideTests {
  private static let end = Timestamp(seconds: 1_795_694_400)
  private static let settings = ["MULTI_BRAND_ENFORCEMENT_OVERRIDES": "recon=observe@2026-11-26T12:00:00Z"]
  /// Player 2 is the first brand's.
  private static let attack = #"{"player_id":2,"amount":5,"currency":"USD"}"#

  private final class MovedClock: Sendable {
    private let moment: Mutex<Timestamp>

    init(_ moment: Timestamp) { self.moment = Mutex(moment) }

    var clock: WallClock { WallClock { self.moment.withLock { $0 } } }

    func move(to moment: Timestamp) { self.moment.withLock { $0 = moment } }
  }

  @Test(
    "C-11 its caller's commands on another brand's rows are counted and go on in their own brand until it ends, then they are refused again without a restart; nobody else's go through"
  )
  func expiry() async throws {
    let time = MovedClock(Self.end.advanced(bySeconds: -3600))
    try await WalletBench.run(settings: Self.settings, clock: time.clock) { bench in
      let before = try await bench.books(of: 1)
      #expect(try await attack(bench, as: .recon, key: "a").reason != "cross_brand_rejected")
      let foreign = try await attack(bench, as: .admin, key: "b")
      #expect(foreign.status == 403 && foreign.reason == "cross_brand_rejected")
      #expect(counted(bench) == ["observe": 1, "enforce": 1])
      #expect(try await health(bench) == #""enforcement_mode":"enforce","enforcement_overrides":["recon=observe@2026-11-26T12:00:00Z"]"#)

      time.move(to: Timestamp(microseconds: Self.end.microseconds - 1))
      #expect(try await attack(bench, as: .recon, key: "c").reason != "cross_brand_rejected")
      time.move(to: Self.end)
      let late = try await attack(bench, as: .recon, key: "d")
      #expect(late.status == 403 && late.reason == "cross_brand_rejected")
      #expect(counted(bench) == ["observe": 2, "enforce": 2])
      #expect(try await health(bench) == #""enforcement_mode":"enforce","enforcement_overrides":[]"#)
      let lines = bench.role.logs.lines(with: #""event":"cross_brand_rejected""#)
      #expect(lines.map { $0.contains(#""mode":"observe""#) } == [true, false, true, false])
      #expect(try await bench.books(of: 1) == before)
      #expect(try await bench.balance(player: 2, brand: 2) == 0)
    }
  }

  @Test("It weakens nothing else: the same caller without a brand, with another's token or another's key is refused as before")
  func nothingElse() async throws {
    let time = MovedClock(Self.end.advanced(bySeconds: -3600))
    try await WalletBench.run(settings: Self.settings, clock: time.clock) { bench in
      let own = #"{"player_id":1,"amount":5,"currency":"EUR"}"#
      let unbound = try await bench.send("/internal/wallet/deposit", as: .recon, brand: nil, key: "a", body: own)
      #expect(unbound.reason == "missing_header")
      let masked = try await bench.send(
        "/internal/wallet/deposit", as: .admin, key: "b", body: own, headers: ["x-caller-service": "recon"])
      #expect(masked.reason == "caller_mismatch")
      #expect(try await bench.balance() == 0)
    }
  }

  private func attack(_ bench: WalletBench, as caller: CallerLabel, key: String) async throws -> WalletCall {
    try await bench.send("/internal/wallet/deposit", as: caller, brand: "2", key: key, body: Self.attack)
  }

  private func counted(_ bench: WalletBench) -> [String: Double] {
    let modes = EnforcementMode.allCases.map(\.rawValue)
    return Dictionary(
      uniqueKeysWithValues: modes.compactMap { mode in
        bench.role.metric("wallet_cross_brand_rejected_total", ["command": "deposit", "mode": mode]).map { (mode, $0) }
      }
    ).filter { $0.value > 0 }
  }

  /// The part of the answer that is about enforcement.
  private func health(_ bench: WalletBench) async throws -> String {
    let text = try await bench.get("/health", brand: nil).text
    return text.firstMatch(of: /"enforcement_mode":"\w+","enforcement_overrides":\[[^\]]*\]/).map { String($0.output) } ?? text
  }
}
