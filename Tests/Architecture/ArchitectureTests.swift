import Foundation
import Testing

@Suite("The project as it is")
struct ArchitectureTests {
  @Test("dependencies that the manifest declares point downwards, and no service depends on another")
  func declaredDependencies() throws {
    let package = try PackageDescription.load()
    let targets = package.targets.filter { $0.type != "test" }
    #expect(targets.count > 10)
    let uses = targets.flatMap { target in target.targetDependencies.map { (target: target.name, used: $0) } }
    #expect(LayerRules.violations(uses) == [])
  }

  @Test("imports point downwards too, C libraries have one importer, and pure targets import nothing that does I/O")
  func imports() throws {
    let package = try PackageDescription.load()
    let names = Set(package.targets.map(\.name))
    let imports = try Repository.sources(under: "Sources", "Tests").flatMap { file in
      guard let target = file.target(in: package) else { return [(target: PackageTarget, module: String)]() }
      return file.imports.map { (target, $0) }
    }
    #expect(imports.count > 100)
    let inner = imports.filter { $0.target.type != "test" && names.contains($0.module) }.map { (target: $0.target.name, used: $0.module) }
    #expect(LayerRules.violations(inner) == [])
    #expect(ImporterRules.violations(imports.map { ($0.target.name, $0.module) }) == [])
  }

  @Test("every source file belongs to a target")
  func targets() throws {
    let package = try PackageDescription.load()
    #expect(try Repository.sources(under: "Sources", "Tests").filter { $0.target(in: package) == nil }.map(\.path) == [])
  }

  @Test("each file has one type, which has its name")
  func types() throws {
    #expect(try Repository.sources(under: "Sources", "Tests/Support").flatMap(TypeRules.violations) == [])
  }

  @Test("constructs that end the process or escape the compiler's checks aren't used, or say why")
  func constructs() throws {
    #expect(try Repository.sources(under: "Sources").flatMap(ConstructRules.violations) == [])
  }

  @Test("S0-HARD-42 no code puts a number or a default in the place of a brand that it doesn't know")
  func brandFallbacks() throws {
    #expect(try Repository.sources(under: "Sources").flatMap(BrandFallbackRules.violations) == [])
  }

  @Test("what decides in a service waits for nothing, reads no clock and knows no database")
  func purity() throws {
    let rules = try Repository.sources(under: "Sources/Services").filter { PurityRules.applies(to: $0.path) }
    #expect(rules.count > 15)
    #expect(rules.flatMap(PurityRules.violations) == [])
  }

  @Test("no file names a place on somebody's machine")
  func places() throws {
    let paths = ["Sources", "Tests", "docs", "db", "scripts"].flatMap { Repository.files(under: $0, suffix: "") }
    // The rule and its planted violations name such places themselves.
    let judged = paths.filter { !$0.hasPrefix("Tests/Architecture/") } + ["README.md", "Makefile", "Package.swift"]
    let texts = judged.compactMap { path in
      (try? Repository.text(path)).map { (path: path, text: $0) }
    }
    #expect(texts.count > 50)
    #expect(texts.flatMap { MachineRules.violations(path: $0.path, text: $0.text) } == [])
  }

  @Test("S0-ADM-26 no SQL knows the integer `project` of before brands")
  func noProject() throws {
    // The gate's look for such a column names it.
    let sources = try Repository.sources(under: "Sources").filter { $0.name != "ProjectColumnCheck" }.map {
      (path: $0.path, lines: $0.lines)
    }
    let migrations = try Repository.files(under: "db", suffix: ".sql").map { path in
      (path: path, lines: try Repository.text(path).split(separator: "\n").map(String.init))
    }
    #expect(migrations.count > 5 && sources.count > 100)
    // The gate's check has to name what it looks for.
    let all = (sources + migrations).filter { !$0.path.hasSuffix("/ProjectColumnCheck.swift") }
    let found = all.flatMap { file in
      file.lines.filter { $0.firstMatch(of: /\bproject(_id)?\b/) != nil && $0.firstMatch(of: /^\s*(\/\/|--)/) == nil }
        .map { "\(file.path): \($0)" }
    }
    #expect(found == [])
  }

  @Test("decisions are numbered")
  func decisions() throws {
    let files = try Repository.files(under: "docs/decisions", suffix: ".md").map { path in
      (name: String(path.split(separator: "/").last ?? ""), firstLine: String(try Repository.text(path).prefix { $0 != "\n" }))
    }
    #expect(!files.isEmpty)
    #expect(DecisionRules.violations(files) == [])
  }

  @Test("every command and make target that the documents name exists")
  func documentedCommands() throws {
    let tree = CommandTree(sources: try Repository.sources(under: "Sources/Programs/cordon"))
    #expect(tree.paths.count > 5)
    let documents = ["README.md"] + Repository.files(under: "docs", suffix: ".md")
    let makefile = try Repository.text("Makefile")
    for document in documents {
      let text = try Repository.text(document)
      #expect(tree.unknownCommands(in: text) == [], "\(document)")
      for match in text.matches(of: /`make ([a-z-]+)/) {
        #expect(makefile.contains("\n\(match.output.1):"), "\(document): make \(match.output.1)")
      }
    }
  }

  @Test("every setting stands in the configuration document")
  func documentedSettings() throws {
    let declarations = try Repository.text("Sources/Platform/Configuration/Settings.swift")
    let names = declarations.matches(of: /Setting\(\s*"([A-Z0-9_]+)"/).map { String($0.output.1) }
    #expect(names.count > 20)
    let document = try Repository.text("docs/operating/configuration.md")
    #expect(names.filter { !document.contains("`\($0)`") } == [])
  }

  @Test("every link between the documents leads to a file")
  func links() throws {
    for document in ["README.md"] + Repository.files(under: "docs", suffix: ".md") {
      let folder = document.split(separator: "/").dropLast().joined(separator: "/")
      for match in try Repository.text(document).matches(of: /\]\(([^)#]+)(?:#[^)]*)?\)/) {
        let target = String(match.output.1)
        if target.contains("://") { continue }
        let path = URL(filePath: "/" + folder).appending(path: target).standardized.path
        #expect(Repository.exists(String(path.dropFirst())), "\(document) links to \(target)")
      }
    }
  }
}
