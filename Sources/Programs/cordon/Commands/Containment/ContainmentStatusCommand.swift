internal import ArgumentParser
internal import Audit
internal import Composition
internal import Kernel
internal import Platform

/// `cordon containment status`.
struct ContainmentStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Which brands are contained, and the last times that they were.", discussion: "Changes nothing.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The brand's number; every brand without it.")
  var brand: BrandArgument?

  func run() async throws {
    let found = try await DatabaseSession.with(configuration) { try await ContainmentOperations(database: $0).status(brand?.id) }
    output.print(json: .array(found.map { Self.json($0.brand, $0.history) }), text: Self.text(found))
  }

  private static func json(_ brand: Brand, _ history: [Containment]) -> JSONValue {
    [
      "brand_id": .number("\(brand.id)"), "brand_code": .string("\(brand.code)"),
      "contained": .boolean(history.first.map { $0.end == nil } ?? false),
      "history": .array(
        history.map { one in
          [
            "id": .integer(one.id), "begun_by": .string(one.begunBy), "reason": .string(one.reason), "begun_at": .string("\(one.begunAt)"),
            "ended_by": one.end.map { .string($0.by) } ?? .null, "end_reason": one.end.map { .string($0.reason) } ?? .null,
            "ended_at": one.end.map { .string("\($0.at)") } ?? .null,
          ]
        }),
    ]
  }

  private static func text(_ found: [(brand: Brand, history: [Containment])]) -> String {
    var table = TextTable("BRAND", "BEGUN", "BY", "REASON", "ENDED")
    for (brand, history) in found {
      if history.isEmpty { table.add("\(brand.code)", "-", "-", "never contained", "-") }
      for one in history {
        table.add("\(brand.code)", "\(one.begunAt)", one.begunBy, one.reason, one.end.map { "\($0.at) by \($0.by)" } ?? "CONTAINED")
      }
    }
    return table.text
  }
}
