import Foundation
import Kernel
import Platform
import TestSupport
import Testing

@testable import Wallet

@Suite("Falsified money is found and named")
struct WalletCheckFaultTests {
  @Test("S0-WAL-07 S0-RB-06 before it was checked", arguments: PlantedFault.all)
  func before(fault: PlantedFault) async throws {
    try await CheckBench.run { bench in
      try await bench.play()
      try await bench.plant(fault.sql)
      await bench.check()
      let open = try await bench.open()
      #expect(Set(fault.found).isSubset(of: open), "\(open)")
      try await Self.expectTold(open, bench)
    }
  }

  @Test("S0-WAL-07 S0-RB-06 after it was checked, and by somebody who has seen nothing of it", arguments: PlantedFault.all)
  func after(fault: PlantedFault) async throws {
    try await CheckBench.run { bench in
      try await bench.play()
      await bench.check()
      #expect(try await bench.open() == [])
      try await bench.plant(fault.sql)
      // The sweep begins anew after it came to the end.
      for _ in 0..<2 { await bench.check() }
      let open = try await bench.open()
      #expect(Set(fault.found).isSubset(of: open), "\(open)")
      try await Self.expectTold(open, bench)
      try await Self.expectCommandFinds(fault.found, bench)
    }
  }

  @Test("history that was written anew from somewhere on, with every hash right, is found by the hash that was seen")
  func rewritten() async throws {
    try await CheckBench.run { bench in
      try await bench.play()
      await bench.check()
      try await bench.plant(PlantedFault.rewritten)
      #expect(try await Self.command(bench, "--full").status == 3)
      for _ in 0..<3 { await bench.check() }
      #expect(try await bench.open() == ["history_rewritten entry 12"])
      try await bench.wallet.deposit(1)
      await bench.check()
      #expect(try await bench.open() == ["history_rewritten entry 12"], "what follows is sound again")
    }
  }

  private static func expectTold(_ open: [String], _ bench: CheckBench) async throws {
    let kinds = Dictionary(grouping: open) { String($0.prefix { $0 != " " }) }
    for kind in WalletFindingKind.allCases {
      #expect(bench.metric("wallet_invariant_violations", kind: kind) == Double(kinds[kind.rawValue]?.count ?? 0), "\(kind)")
      #expect(bench.metric("wallet_invariant_violations", brand: "brand2", kind: kind) == 0)
    }
    #expect(try await bench.open(brand: 2) == [])
    for finding in open {
      let subject = finding.drop { $0 != " " }.dropFirst()
      #expect(bench.wallet.role.logs.lines(with: #""event":"wallet_invariant_broken""#, "\"subject\":\"\(subject)\"").count >= 1)
    }
    #expect(bench.worker.warnings.count == 1)
    #expect(bench.worker.warnings.first?.contains("brand default") == true)
  }

  private static func expectCommandFinds(_ found: [String], _ bench: CheckBench) async throws {
    for options in [["--full"], []] {
      let run = try await command(bench, options)
      #expect(run.status == 3, "\(run.messages)")
      let brands = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
      let findings = brands.first?["findings"] as? [[String: String]] ?? []
      let named = findings.map { "\($0["kind"] ?? "") \($0["subject"] ?? "")" }
      #expect(Set(found).isSubset(of: named), "\(options): \(named)")
      #expect((brands.last?["findings"] as? [Any])?.isEmpty == true)
    }
  }

  private static func command(_ bench: CheckBench, _ options: String...) async throws -> (status: Int32, output: String, messages: String) {
    try await command(bench, options)
  }

  private static func command(_ bench: CheckBench, _ options: [String]) async throws -> (status: Int32, output: String, messages: String) {
    try await CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": bench.wallet.database.url]).run(
      ["wallet", "check", "--json"] + options)
  }
}
