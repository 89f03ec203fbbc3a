import Foundation

/// `ops/grafana/multi-brand-isolation.json`, as far as the tests need it.
struct Dashboard: Sendable {
  struct Panel: Sendable {
    let id: Int
    let title: String
    let type: String
    let place: [String: Int]
    let expressions: [String]

    /// Whether two panels would be drawn over one another.
    func overlaps(_ other: Panel) -> Bool {
      func range(_ panel: Panel, _ start: String, _ length: String) -> Range<Int> {
        let from = panel.place[start] ?? 0
        return from..<from + (panel.place[length] ?? 0)
      }
      return range(self, "x", "w").overlaps(range(other, "x", "w")) && range(self, "y", "h").overlaps(range(other, "y", "h"))
    }
  }

  static let path = AlertRule.folder.dropLast("prometheus".count) + "grafana/multi-brand-isolation.json"

  let uid: String
  let title: String
  let variables: Set<String>
  let panels: [Panel]

  init() throws {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: String(Self.path)))) as? [String: Any] ?? [:]
    uid = json["uid"] as? String ?? ""
    title = json["title"] as? String ?? ""
    let templating = json["templating"] as? [String: Any] ?? [:]
    variables = Set((templating["list"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String })
    panels = (json["panels"] as? [[String: Any]] ?? []).map { panel in
      Panel(
        id: panel["id"] as? Int ?? 0, title: panel["title"] as? String ?? "", type: panel["type"] as? String ?? "",
        place: panel["gridPos"] as? [String: Int] ?? [:],
        expressions: (panel["targets"] as? [[String: Any]] ?? []).compactMap { $0["expr"] as? String })
    }
  }

  /// What `jq -r '.. | .expr? // empty'` prints.
  var expressions: [String] { panels.flatMap(\.expressions) }
}
