internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon audit catalogue`.
struct AuditCatalogueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue", abstract: "Check row-level security, policies, owners, keys and grants of the live database.",
    discussion: "Changes nothing. Exit status 3 with a finding. Run it after every migration and every grant by hand.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let findings = try await DatabaseSession.with(configuration) { try await CatalogueAudit(database: $0).findings() }
    output.print(json: json(findings), text: text(findings))
    guard findings.isEmpty else { throw CommandFailure(.verificationFailed, "\(findings.count) findings in the catalogue") }
  }

  private func text(_ findings: [CatalogueFinding]) -> String {
    var table = TextTable("RULE", "FINDINGS")
    for rule in CatalogueRule.allCases { table.add(rule.rawValue, "\(findings.count { $0.rule == rule })") }
    return ([table.text] + findings.map(\.description)).joined(separator: "\n")
  }

  private func json(_ findings: [CatalogueFinding]) -> JSONValue {
    [
      "rules": .array(CatalogueRule.allCases.map { .string($0.rawValue) }),
      "findings": .array(
        findings.map { finding in
          [
            "rule": .string(finding.rule.rawValue), "object": .string(finding.object), "detail": .string(finding.detail),
            "meaning": .string(finding.rule.meaning),
          ]
        }),
    ]
  }
}
