/// What an audit of the sources found. The same sources give the same report.
package struct AuditReport: Sendable {
  package let scope: AuditScope
  /// How many tables the inventory has.
  package let tables: Int
  package let sightings: [Sighting]

  package init(scope: AuditScope, tables: Int, sightings: [Sighting]) {
    self.scope = scope
    self.tables = tables
    self.sightings = sightings.filter { scope.kinds.contains($0.kind) }
      .sorted { ($0.path, $0.line, $0.kind, $0) < ($1.path, $1.line, $1.kind, $1) }
  }

  package var faults: [Sighting] { sightings.filter(\.auditClass.isFault) }
  package var isClean: Bool { faults.isEmpty }

  package func count(_ auditClass: AuditClass, kind: StatementKind? = nil, style: Sighting.Style? = nil) -> Int {
    sightings.count { $0.auditClass == auditClass && (kind ?? $0.kind) == $0.kind && (style ?? $0.style) == $0.style }
  }

  /// How many statements each category of a class has; the counts add up to the class.
  package func categories(_ auditClass: AuditClass) -> [(category: String, count: Int)] {
    let named = sightings.filter { $0.auditClass == auditClass }.map { $0.category ?? "other" }
    return Dictionary(named.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The runbooks' own lines: `RAW FIX=0`.
  package var headlines: [(name: String, count: Int)] {
    switch scope {
    case .inserts:
      [
        ("RAW FIX", count(.fix, style: .raw)), ("FIX-TEST", count(.fixTest, style: .raw)), ("SA FIX", count(.fix, style: .built)),
        ("SA FIX-TEST", count(.fixTest, style: .built)), ("FIX-DYNAMIC", count(.fixDynamic)),
      ]
    case .readsAndWrites:
      [("FIX", count(.fix)), ("FIX-TEST", count(.fixTest)), ("FIX-DYNAMIC", count(.fixDynamic))]
    }
  }

  /// For people: headlines, counts per kind of statement, categories, and each fault with its place.
  package var text: String {
    var lines = headlines.map { "\($0.name)=\($0.count)" }
    for auditClass in [AuditClass.ok, .intentional, .legacy] {
      let counts = scope.kinds.map { "\($0.rawValue) \(count(auditClass, kind: $0))" }.joined(separator: ", ")
      lines.append("\(auditClass.rawValue)=\(count(auditClass)) (\(counts))")
      if auditClass != .ok { lines += categories(auditClass).map { "  \($0.category)=\($0.count)" } }
    }
    lines.append("brand-scoped tables and views=\(tables)")
    lines += faults.map { Self.line($0) }
    return lines.joined(separator: "\n")
  }

  package static func line(_ sighting: Sighting) -> String {
    let tables = sighting.tables.map(\.description).joined(separator: ", ")
    let what = [sighting.kind.rawValue, tables].filter { !$0.isEmpty }.joined(separator: " ")
    return "\(sighting.path):\(sighting.line): \(sighting.auditClass.rawValue) \(what): \(sighting.reason ?? "")"
  }
}
