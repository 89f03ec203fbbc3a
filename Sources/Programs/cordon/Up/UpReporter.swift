internal import Composition
internal import Kernel
internal import Platform

/// Tells what `cordon up` does: words for people, or one JSON object a line for programs.
struct UpReporter: Sendable {
  let isJSON: Bool

  func tell(_ event: UpEvent) {
    if isJSON { Terminal.data(JSONWriter.text(of: json(event))) } else { show(event) }
  }

  private func show(_ event: UpEvent) {
    switch event {
    case .progress(let what): Terminal.message("· \(what)")
    case .notice(let text): Terminal.message("note: \(text)")
    case .step(let step): Terminal.data(Colour.of(step.passed ? .green : .red, step.line))
    case .demo(let report): Terminal.data(Colour.of(report.passed ? .green : .red, "demonstration: \(report.summary)"))
    case .ready(let roles):
      var table = TextTable("ROLE", "URL")
      for role in roles { table.add(role.role.rawValue, role.url) }
      Terminal.data("\n\(table.text)\n")
      Terminal.message("Everything runs. Ctrl-C stops it; data stays.")
    case .stopping: Terminal.message("· stopping")
    }
  }

  private func json(_ event: UpEvent) -> JSONValue {
    switch event {
    case .progress(let what): ["event": "progress", "text": .string(what)]
    case .notice(let text): ["event": "notice", "text": .string(text)]
    case .step(let step):
      [
        "event": "step", "name": .string(step.name), "brand": step.brand.map { .string($0) } ?? .null, "passed": .boolean(step.passed),
        "expected": .string(step.expected), "actual": .string(step.actual), "milliseconds": .number("\(step.milliseconds)"),
      ]
    case .demo(let report): ["event": "demo", "passed": .boolean(report.passed), "summary": .string(report.summary)]
    case .ready(let roles):
      ["event": "ready", "roles": .members(roles.map { ($0.role.rawValue, .string($0.url)) })]
    case .stopping: ["event": "stopping"]
    }
  }
}
