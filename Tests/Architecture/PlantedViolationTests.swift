import Testing

/// Each check must find what it is for.
@Suite("Planted violations")
struct PlantedViolationTests {
  @Test("an upward dependency, a sideways one, and an unknown target")
  func layers() {
    #expect(LayerRules.violations([("Wallet", "Postgres"), ("Composition", "Wallet")]) == [])
    #expect(LayerRules.violations([("Kernel", "Postgres")]).count == 1)
    #expect(LayerRules.violations([("Wallet", "Player")]).count == 1)
    #expect(LayerRules.violations([("Wallet", "Elsewhere")]).count == 1)
    #expect(LayerRules.violations([("PrivateServers", "Wallet")]).count == 1)
    #expect(LayerRules.violations([("cordon-verify", "Evidence"), ("cordon-verify", "Postgres")]).count == 1)
  }

  @Test("a second importer of a C library, and I/O in a pure target")
  func importers() {
    #expect(ImporterRules.violations([("Postgres", "CLibPQ"), ("Kernel", "Synchronization")]) == [])
    #expect(ImporterRules.violations([("Wallet", "CLibPQ")]) == ["Wallet imports CLibPQ"])
    #expect(ImporterRules.violations([("Kernel", "Foundation"), ("Evidence", "Foundation"), ("cordon-verify", "Foundation")]).count == 3)
  }

  @Test("imports are read from code, not from comments")
  func importLines() {
    let file = SourceFile(
      path: "Sources/A/B.swift", text: "package import Kernel\n// import CLibPQ\n@testable import Redis\nimport struct Foundation.Date\n")
    #expect(file.imports == ["Kernel", "Redis", "Foundation"])
  }

  @Test("two types in a file, and a type with another name than its file")
  func types() {
    func violations(_ text: String, path: String = "Sources/A/Thing.swift") -> Int {
      TypeRules.violations(SourceFile(path: path, text: text)).count
    }
    #expect(violations("package struct Thing {}\nprivate struct Part {}\nextension Thing {\n  struct Inner {}\n}\n") == 0)
    #expect(violations("@main\nfinal class Thing {}\n") == 0)
    #expect(violations("struct Thing {}\nenum Other {}\n") == 1)
    #expect(violations("package final class Other {}\n") == 1)
    #expect(violations("extension Array {}\n", path: "Sources/A/Array+things.swift") == 0)
  }

  @Test(
    "constructs that aren't used",
    arguments: [
      "let a = try! f()", "fatalError(\"x\")", "let b = a as! Int", "Task.detached { }", "final class A: @unchecked Sendable {}",
      "nonisolated(unsafe) var x = 1",
    ])
  func constructs(_ line: String) {
    #expect(ConstructRules.violations(SourceFile(path: "A.swift", text: line)).count == 1)
  }

  @Test(
    "S0-HARD-42 brands that are made up",
    arguments: [
      "let brand = header.brand ?? 0", "let id = brandID ?? 1", "f(row.brand?.rawValue ?? -1)", "return identity.brand ?? .standard",
      "brand: request.brandID ?? BrandID(number)", "let brand = brand ?? defaultBrand", "brand ?? catalog.defaultBrand",
      "let one = BrandID(1)",
    ])
  func madeUpBrands(_ line: String) {
    #expect(BrandFallbackRules.violations(SourceFile(path: "A.swift", text: line)).count == 1)
  }

  @Test("numbers of a known brand, and a brand from a second sound source")
  func innocentFallbacks() {
    let text = """
      let last = swept[brand.id] ?? 0
      brand = brand ?? settled.brand
      let active = documents.active(of: target.brand.id)?.version ?? 0
      // brand ?? 0
      """
    #expect(BrandFallbackRules.violations(SourceFile(path: "A.swift", text: text)) == [])
  }

  @Test("what only looks like them, or says why")
  func innocentConstructs() {
    let text = """
      let text = "try! fatalError("
      // as! is not used here
      let hash = canvas!
      /// The reactor's thread alone touches it.
      final class A: @unchecked Sendable {}
      """
    #expect(ConstructRules.violations(SourceFile(path: "A.swift", text: text)) == [])
  }

  @Test(
    "rules that wait, read a clock or know a database",
    arguments: [
      "  func decide() async -> Int { 1 }", "  let answer = try await store.read()", "  let now = Date()",
      "  let start = ContinuousClock.now",
      "  let query: SQL = \"SELECT 1\"", "internal import Postgres", "import Foundation", "  let clock: WallClock", "  Task { wait() }",
      "  let number = Int.random(in: 0..<5)",
    ])
  func purity(_ line: String) {
    let path = "Sources/Services/Wallet/Rules/Planted.swift"
    #expect(PurityRules.applies(to: path))
    #expect(PurityRules.violations(SourceFile(path: path, text: line)).count == 1)
  }

  @Test("what only looks like impure rules, and what is no rules folder")
  func innocentRules() {
    let text = """
      internal import Kernel
      /// Decides without await; nothing here knows SQL.
      let awaited = update.taskDate + "await SQL"
      """
    #expect(PurityRules.violations(SourceFile(path: "Sources/Services/Wallet/Rules/Innocent.swift", text: text)) == [])
    #expect(PurityRules.applies(to: "Sources/Services/Rolling/Turnover/Rules/Weight.swift"))
    #expect(!PurityRules.applies(to: "Sources/Services/Wallet/Commands/WalletRules.swift"))
    #expect(!PurityRules.applies(to: "Tests/Architecture/Rules/PurityRules.swift"))
  }

  @Test("a place on a machine")
  func places() {
    #expect(MachineRules.violations(path: "a", text: "see /home/someone/x").count == 1)
    #expect(MachineRules.violations(path: "a", text: "/var/lib/cordon") == [])
  }

  @Test("a gap in the decisions, and a title without its number")
  func decisions() {
    #expect(DecisionRules.violations([("0001-a.md", "# 1. A"), ("0002-b.md", "# 2. B")]) == [])
    #expect(DecisionRules.violations([("0001-a.md", "# 1. A"), ("0003-b.md", "# 3. B")]).count == 2)
    #expect(DecisionRules.violations([("0001-a.md", "# A")]).count == 1)
    #expect(DecisionRules.violations([("first.md", "# 1. A")]).count == 2)
  }

  @Test("a command in a document that the program doesn't have")
  func commands() {
    let tree = CommandTree(sources: [
      SourceFile(path: "Cordon.swift", text: #"commandName: "cordon", subcommands: [DbCommand.self, ServeCommand.self])"#),
      SourceFile(path: "DbCommand.swift", text: #"commandName: "db", subcommands: [DbStatusCommand.self])"#),
      SourceFile(path: "DbStatusCommand.swift", text: #"commandName: "status")"#),
      SourceFile(path: "ServeCommand.swift", text: #"commandName: "serve")"#),
    ])
    #expect(tree.paths == ["cordon", "cordon db", "cordon db status", "cordon serve", "cordon help"])
    #expect(tree.unknownCommands(in: "Run `cordon db status --json` or `cordon serve gateway`.\n    cordon db status\n") == [])
    #expect(tree.unknownCommands(in: "Run `cordon db explode`.") == ["cordon db explode"])
    #expect(tree.unknownCommands(in: "First:\n\n    cordon dance\n") == ["cordon dance"])
  }
}
