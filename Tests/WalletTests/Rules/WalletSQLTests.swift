import Foundation
import Testing

@Suite("Every SQL statement of the wallet names its brand")
struct WalletSQLTests {
  private static let sourcesFolder = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/Sources"
  private static let folder = sourcesFolder + "/Services/Wallet"

  /// Where the wallet's tables are read or changed, and the fewest statements that must be found there.
  static let folders = [("Services/Wallet", 20), ("Platform/Outbox", 7), ("Programs/Composition/Operations", 1)]

  /// Files whose SQL reads across brands on purpose, and why.
  private static let exceptions = [
    "DepositOperations.swift": "looks for deposits that came through a host of another brand, so it joins the hosts of all"
  ]

  @Test("S0-WAL-23 no statement lacks its brand or has it conditionally, and no helper takes an optional brand", arguments: folders)
  func sources(_ place: String, _ statementsMin: Int) throws {
    let folder = "\(Self.sourcesFolder)/\(place)"
    let paths = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
    var statements = 0
    for path in paths {
      let source = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
      statements += source.matches(of: /brand_id = \\\(/).count
      let faults = SQLBrandScanner.faults(in: source, file: path)
      // An exception that isn't needed any more is a fault too.
      #expect(faults.isEmpty == (Self.exceptions[path] == nil), "\(path): \(faults)")
    }
    #expect(statements >= statementsMin)
  }

  @Test("the scanner finds what it looks for")
  func plantedFaults() throws {
    let store = try String(contentsOfFile: "\(Self.folder)/Reads/WalletReadStore.swift", encoding: .utf8)
    for (sound, planted) in [
      ("WHERE brand_id = \\(brand) AND player_id", "WHERE player_id"),
      ("WHERE t.brand_id = \\(brand) AND t.transaction_id", "WHERE t.transaction_id"),
      ("WHERE brand_id = \\(brand) AND kind", "WHERE (\\(brand)::bigint IS NULL OR brand_id = \\(brand)) AND kind"),
      ("brand: BrandID,", "brand: BrandID?,"),
    ] {
      #expect(store.contains(sound))
      #expect(!SQLBrandScanner.faults(in: store.replacing(sound, with: planted), file: "planted").isEmpty, "\(planted)")
    }
    let outbox = try String(contentsOfFile: "\(Self.sourcesFolder)/Platform/Outbox/OutboxStore.swift", encoding: .utf8)
    let stamp = "WHERE brand_id = \\(transaction.brand) AND event_id = ANY"
    #expect(outbox.contains(stamp))
    #expect(!SQLBrandScanner.faults(in: outbox.replacing(stamp, with: "WHERE event_id = ANY"), file: "planted").isEmpty)
    // brand-global: test: a planted fault
    let insert = #"let q: SQL = "INSERT INTO wallet.wallet_tombstone (provider, brand_id) VALUES (1, 2)""#
    #expect(!SQLBrandScanner.faults(in: insert, file: "planted").isEmpty)
  }
}
