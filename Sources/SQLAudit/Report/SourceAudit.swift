internal import FoundationEssentials

/// Reads the sources of a checkout and sorts every statement in them.
package struct SourceAudit: Sendable {
  package let inventory: BrandInventory
  package let sightings: [Sighting]

  package func report(_ scope: AuditScope) -> AuditReport {
    AuditReport(scope: scope, tables: inventory.brandScoped.count, sightings: sightings)
  }

  /// Where SQL may be, besides the schema that the inventory is read from.
  private static let folders = ["Sources", "Tests", "db/migrations", "scripts", "benchmarks", "ops", ".ci", "Makefile"]
  static let schemaPath = "db/schema.sql"

  /// - Parameter root: the checkout.
  package static func run(root: String) throws(SourceAuditFault) -> SourceAudit {
    guard let schema = AuditFiles.text(root + "/" + schemaPath) else { throw .noSchema(path: root + "/" + schemaPath) }
    let inventory = try inventory(schema: schema)
    let files = folders.flatMap { AuditFiles.all(under: $0, root: root) }
    let settled = SettledMarkers(AuditFiles.text(root + "/" + SettledMarkers.path) ?? "")
    return SourceAudit(inventory: inventory, sightings: sightings(in: files, inventory, settled))
  }

  /// The inventory of a dump of the schema.
  package static func inventory(schema: String) throws(SourceAuditFault) -> BrandInventory {
    do throws(QueryParseFault) {
      let inventory = InventoryReader.read(try QueryParser.parse(schema))
      guard !inventory.brandScoped.isEmpty else { throw QueryParseFault(message: "it has no table with a column brand_id", position: 0) }
      return inventory
    } catch {
      throw .badSchema(reason: error.message)
    }
  }

  /// The rules without the disk.
  package static func sightings(
    in files: [AuditFile], _ inventory: BrandInventory, _ settled: SettledMarkers = SettledMarkers("")
  ) -> [Sighting] {
    let swift = files.filter { $0.language == .swift }.map { (file: $0, source: SwiftSource(path: $0.path, text: $0.text)) }
    var constants: [String: [String: [[PassagePiece]]]] = [:]
    var spliced: [String: Set<String>] = [:]
    for entry in swift {
      let reader = SwiftReader(entry.source, isTest: entry.file.isTest)
      constants[entry.source.folder, default: [:]].merge(reader.constants()) { first, _ in first }
      spliced[entry.source.folder, default: []].formUnion(reader.splicedNames())
    }
    let readers = swift.map { entry in
      let folder = entry.source.folder
      return (
        entry.file,
        SwiftReader(entry.source, neighbours: constants[folder] ?? [:], spliced: spliced[folder] ?? [], isTest: entry.file.isTest)
      )
    }
    var passages = readers.map { (file: $0.0, passages: $0.1.passages(), built: $0.1.built()) }
    for file in files {
      switch file.language {
      case .swift, .none: break
      case .sql: passages.append((file, ScriptReader.passages(path: file.path, text: file.text), []))
      case .shell: passages.append((file, ShellReader.passages(path: file.path, text: file.text), []))
      }
    }
    // Tests and benchmarks make tables of their own.
    let made = passages.filter(\.file.isTest).flatMap { entry in entry.passages.flatMap { tables(madeBy: $0) } }
    let wide = inventory.adding(InventoryReader.read(made))
    return passages.flatMap { entry in
      let rules = PassageRules(
        inventory: entry.file.isTest ? wide : inventory, isTest: entry.file.isTest, legacy: entry.file.legacy, settled: settled)
      return entry.passages.flatMap(rules.sightings) + entry.built.compactMap(rules.sighting)
    }
  }

  private static func tables(madeBy passage: SQLPassage) -> [ParsedStatement] {
    guard passage.ownText.contains("CREATE"), case .success(let variants) = PassageText.variants(passage.pieces) else { return [] }
    return variants.flatMap(\.statements)
  }
}
