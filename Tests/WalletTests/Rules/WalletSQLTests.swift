import Foundation
import Testing

@Suite("Every SQL statement of the wallet names its brand")
struct WalletSQLTests {
  private static let folder = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/Sources/Services/Wallet"

  @Test("S0-WAL-23 no statement lacks its brand or has it conditionally, and no helper takes an optional brand")
  func sources() throws {
    let paths = try #require(FileManager.default.enumerator(atPath: Self.folder)).compactMap { $0 as? String }.filter {
      $0.hasSuffix(".swift")
    }
    #expect(paths.count > 30)
    var statements = 0
    for path in paths {
      let source = try String(contentsOfFile: "\(Self.folder)/\(path)", encoding: .utf8)
      statements += source.matches(of: /brand_id = \\\(/).count
      #expect(SQLBrandScanner.faults(in: source, file: path) == [])
    }
    #expect(statements > 20)
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
    // brand-global: test: a planted fault
    let insert = #"let q: SQL = "INSERT INTO wallet.wallet_tombstone (provider, brand_id) VALUES (1, 2)""#
    #expect(!SQLBrandScanner.faults(in: insert, file: "planted").isEmpty)
  }
}
