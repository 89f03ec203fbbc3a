internal import Composition
internal import Kernel
internal import Platform

/// How a timeline is shown.
enum TimelineReport {
  static func json(_ timeline: Timeline, request: String?) -> JSONValue {
    [
      "from": .string("\(timeline.window.lowerBound)"), "to": .string("\(timeline.window.upperBound)"), "request_id": text(request),
      "first_failure": timeline.firstFailure.map { .string(place(of: $0)) } ?? .null, "truncated": .boolean(timeline.isCut),
      "entries": .array(timeline.entries.map(json)),
    ]
  }

  static func text(_ timeline: Timeline, request: String?) -> String {
    var table = TextTable("", "AT", "KIND", "BRAND", "WHO", "ROW", "WHAT")
    for entry in timeline.entries {
      let mark = entry == timeline.firstFailure ? "!" : (request != nil && entry.requestID == request ? ">" : " ")
      table.add(
        mark, "\(entry.at)", entry.kind.rawValue, entry.brand.map { "\($0)" } ?? "-", entry.who ?? "-", place(of: entry), entry.what)
    }
    return table.text
  }

  private static func json(_ entry: TimelineEntry) -> JSONValue {
    [
      "at": .string("\(entry.at)"), "kind": .string(entry.kind.rawValue), "row": .string(place(of: entry)),
      "brand_id": entry.brand.map { .integer($0.rawValue) } ?? .null, "who": text(entry.who), "what": .string(entry.what),
      "request_id": text(entry.requestID),
    ]
  }

  private static func place(of entry: TimelineEntry) -> String { "\(entry.source)/\(entry.row)" }

  private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
