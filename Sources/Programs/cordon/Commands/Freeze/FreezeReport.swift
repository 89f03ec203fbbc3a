internal import Composition
internal import Platform

/// How frozen tables are shown.
enum FreezeReport {
  static func text(_ frozen: [FrozenTable]) -> String {
    guard !frozen.isEmpty else { return "no table is frozen" }
    var table = TextTable("TABLE", "FAMILY", "SECONDS LEFT")
    for line in frozen {
      table.add(line.table, TableFamily.family(of: line.table)?.rawValue ?? "-", line.secondsLeft.map { "\($0)" } ?? "no expiry")
    }
    return table.text
  }

  static func json(_ frozen: [FrozenTable]) -> JSONValue {
    .array(
      frozen.map { line in
        [
          "table": .string(line.table), "family": TableFamily.family(of: line.table).map { .string($0.rawValue) } ?? .null,
          "seconds_left": line.secondsLeft.map { .number("\($0)") } ?? .null,
        ]
      })
  }
}
