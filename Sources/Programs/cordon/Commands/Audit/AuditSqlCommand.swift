internal import ArgumentParser
internal import Platform
internal import SQLAudit

/// `cordon audit sql` (S0-CLS).
struct AuditSqlCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: "Sort every SQL statement of a checkout by what holds it to a brand.",
    discussion: """
      Reads sources, tests, migrations and scripts, and parses what it finds with PostgreSQL's own parser. The inventory of brand-scoped tables
      is that of db/schema.sql. Exit status 3 while a count of FIX, FIX-TEST or FIX-DYNAMIC is above zero.

      A statement that needs no brand says so above it: // brand-global: <category>: <reason>
      """)

  @Option(help: "inserts: statements that add rows; rw: those that read, change or delete.")
  var only: AuditScope?

  @Option(help: ArgumentHelp("The checkout.", valueName: "folder"))
  var root = "."

  @Option(help: "Also list the statements of one class: OK, OOS-INTENTIONAL, OOS-LEGACY.")
  var list: AuditClass?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let audit = try SourceAudit.run(root: root)
    let reports = (only.map { [$0] } ?? AuditScope.allCases).map { audit.report($0) }
    output.print(json: json(reports), text: text(reports))
    let faults = reports.flatMap(\.faults).count
    guard faults == 0 else { throw CommandFailure(.verificationFailed, "\(faults) statements that no brand holds") }
  }

  private func text(_ reports: [AuditReport]) -> String {
    reports.map { report in
      let listed = report.sightings.filter { $0.auditClass == list && !$0.auditClass.isFault }
      return (["== \(report.scope.rawValue)", report.text] + listed.map { AuditReport.line($0) }).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func json(_ reports: [AuditReport]) -> JSONValue {
    .object(reports.map { JSONValue.Member(name: $0.scope.rawValue, value: json($0)) })
  }

  private func json(_ report: AuditReport) -> JSONValue {
    [
      "headlines": .object(report.headlines.map { JSONValue.Member(name: $0.name, value: .number("\($0.count)")) }),
      "tables": .number("\(report.tables)"),
      "classes": .object(
        AuditClass.allCases.map { auditClass in
          JSONValue.Member(
            name: auditClass.rawValue,
            value: .object(
              report.scope.kinds.map { JSONValue.Member(name: $0.rawValue, value: .number("\(report.count(auditClass, kind: $0))")) }))
        }),
      "categories": .object(
        [AuditClass.intentional, .legacy].map { auditClass in
          JSONValue.Member(
            name: auditClass.rawValue,
            value: .object(
              report.categories(auditClass).map { JSONValue.Member(name: $0.category, value: .number("\($0.count)")) }))
        }),
      "faults": .array(report.faults.map(json)),
      "listed": .array(report.sightings.filter { $0.auditClass == list && !$0.auditClass.isFault }.map(json)),
    ]
  }

  private func json(_ sighting: Sighting) -> JSONValue {
    [
      "path": .string(sighting.path), "line": .number("\(sighting.line)"), "statement": .string(sighting.kind.rawValue),
      "style": .string(sighting.style.rawValue), "class": .string(sighting.auditClass.rawValue),
      "tables": .array(sighting.tables.map { .string($0.description) }), "reason": sighting.reason.map { .string($0) } ?? .null,
      "category": sighting.category.map { .string($0) } ?? .null,
    ]
  }
}

extension AuditScope: ExpressibleByArgument {}
extension AuditClass: ExpressibleByArgument {}
