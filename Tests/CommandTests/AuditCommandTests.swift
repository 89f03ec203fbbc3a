import Foundation
import TestSupport
import Testing

@Suite("cordon audit")
struct AuditCommandTests {
  /// A checkout with the real schema and one Swift file, for as long as `body` runs.
  private func checkout(_ source: String, _ body: (String) async throws -> Void) async throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "cordon-audit-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    for folder in ["db", "Sources"] {
      try FileManager.default.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(
      at: URL(filePath: MigrationFiles.directory + "/../schema.sql"), to: root.appending(path: "db/schema.sql"))
    try Data(source.utf8).write(to: root.appending(path: "Sources/Store.swift"))
    try await body(root.path)
  }

  @Test("the checkout reports no FIX of any kind, in the runbooks' own lines (S0-CLS-01, S0-CLS-02)")
  func clean() async throws {
    let inserts = try await CordonProgram().run("audit", "sql", "--only", "inserts")
    #expect(inserts.status == 0, "\(inserts.output)")
    for line in ["RAW FIX=0", "FIX-TEST=0", "SA FIX=0", "SA FIX-TEST=0"] { #expect(inserts.output.contains("\n\(line)\n"), "\(line)") }
    let rest = try await CordonProgram().run("audit", "sql", "--only", "rw")
    #expect(rest.status == 0, "\(rest.output)")
    for line in ["FIX=0", "FIX-TEST=0", "FIX-DYNAMIC=0"] { #expect(rest.output.contains("\n\(line)\n"), "\(line)") }
    #expect(rest.output.contains("OOS-INTENTIONAL=") && rest.output.contains("OOS-LEGACY="))
  }

  @Test("the same sources give the same report (S0-CLS-12)")
  func reproducible() async throws {
    let first = try await CordonProgram().run("audit", "sql", "--json", "--list", "OOS-INTENTIONAL").output
    let second = try await CordonProgram().run("audit", "sql", "--json", "--list", "OOS-INTENTIONAL").output
    #expect(first == second)
    #expect(first.count > 1000)
  }

  // brand-global: test: queries that the program must refuse
  @Test(
    "one statement that no brand holds ends it with status 3 and its place (S0-CLS-03, S0-CLS-10)",
    arguments: [
      ("let q: SQL = \"SELECT account FROM cordon.player\"", "rw", "Sources/Store.swift:1: FIX SELECT cordon.player"),
      ("\nlet q = \"SELECT account FROM \\(table) WHERE \\(filter)\"", "rw", "Sources/Store.swift:2: FIX-DYNAMIC SELECT"),
      ("var q = \"SELECT 1 FROM cordon.player WHERE 1=1\"\nconditions.append(a)", "rw", "Sources/Store.swift:1: FIX-DYNAMIC SELECT"),
      ("let q: SQL = \"INSERT INTO cordon.player (account) VALUES ('x')\"", "inserts", "Sources/Store.swift:1: FIX INSERT cordon.player"),
    ])
  func leak(source: String, only: String, place: String) async throws {
    try await checkout(source) { root in
      let run = try await CordonProgram().run("audit", "sql", "--only", only, "--root", root)
      #expect(run.status == 3)
      #expect(run.output.contains(place), "\(run.output)")
      let other = try await CordonProgram().run("audit", "sql", "--only", only == "rw" ? "inserts" : "rw", "--root", root)
      #expect(other.status == 0)
      let json = try await CordonProgram().run("audit", "sql", "--root", root, "--json")
      #expect(json.status == 3)
      #expect(json.output.contains("\"path\":\"Sources/Store.swift\""))
    }
  }

  @Test("a folder that is no checkout and an unknown class are refused")
  func refused() async throws {
    #expect(try await CordonProgram().run("audit", "sql", "--root", "/nonexistent").status == 4)
    #expect(try await CordonProgram().run("audit", "sql", "--list", "NICE").status == 2)
    #expect(try await CordonProgram().run("audit", "sql", "--only", "all").status == 2)
  }

  @Test("the audit of the catalogue ends with status 3 when row-level security is gone from a table")
  func catalogue() async throws {
    try await TestDatabase.lease { database in
      let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": database.url])
      let clean = try await cordon.run("audit", "catalogue")
      #expect(clean.status == 0, "\(clean.output)\(clean.messages)")
      try await database.psql("ALTER TABLE wallet.wallet_ledger DISABLE ROW LEVEL SECURITY")
      let broken = try await cordon.run("audit", "catalogue", "--json")
      #expect(broken.status == 3)
      #expect(broken.output.contains("\"object\":\"wallet.wallet_ledger\""), "\(broken.output)")
    }
  }

  @Test("continuous integration runs both audits, each by its make target (S0-CLS-13, S0-HARD-32)")
  func continuousIntegration() throws {
    let root = MigrationFiles.directory + "/../.."
    func text(_ path: String) throws -> String { try String(contentsOfFile: root + "/" + path, encoding: .utf8) }
    let (makefile, workflow, ci) = (try text("Makefile"), try text(".github/workflows/brand-id-audit.yml"), try text(".ci/run"))
    for (target, only) in [("audit-brand-id-inserts", "inserts"), ("audit-brand-id-rw", "rw")] {
      #expect(makefile.contains("\n\(target): build"))
      #expect(makefile.contains("audit sql --only \(only)\n"))
      #expect(workflow.contains("make \(target)\n"))
      #expect(ci.contains("make \(target)\n"))
    }
  }
}
