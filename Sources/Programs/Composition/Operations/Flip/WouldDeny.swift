package import Platform

/// What `enforce` would have refused while services observed, by service, command and brand, with requests to look at. Read from their logs. Pure.
package struct WouldDeny: Hashable, Sendable {
  /// Requests of one kind.
  private static let samplesMax = 3
  private static let events: Set<String> = ["cross_brand_rejected", "game_cross_brand_rejected", "idempotency_brand_split"]

  package let service: String
  /// What happened: the event, or the reason of the refusal.
  package let what: String
  /// The command or route.
  package let route: String
  package let brand: String
  package private(set) var count = 0
  /// Ids of some of the requests.
  package private(set) var samples: [String] = []

  private init(service: String, what: String, route: String, brand: String) {
    self.service = service
    self.what = what
    self.route = route
    self.brand = brand
  }

  /// One entry for each kind of request, the most frequent first.
  static func read(_ lines: [JSONValue]) -> [WouldDeny] {
    var found: [String: WouldDeny] = [:]
    for line in lines {
      guard let what = what(line) else { continue }
      let entry = WouldDeny(
        service: text(line, "service"), what: what, route: text(line, "command", "route"),
        brand: text(line, "request_brand", "brand_code", "brand_id"))
      found["\(entry.service)|\(what)|\(entry.route)|\(entry.brand)", default: entry].add(text(line, "request_id"))
    }
    return found.values.sorted { ($1.count, $0.service, $0.what, $0.route, $0.brand) < ($0.count, $1.service, $1.what, $1.route, $1.brand) }
  }

  private mutating func add(_ request: String) {
    count += 1
    if samples.count < Self.samplesMax { samples.append(request) }
  }

  /// Nil for a line about something that enforce would have let pass, or that was refused anyway.
  private static func what(_ line: JSONValue) -> String? {
    if let event = line["event"]?.text, events.contains(event) { return line["mode"]?.text == "observe" ? event : nil }
    // A write that was let through although its signature doesn't count.
    if line["refused"]?.text == "false", let reason = line["reason"]?.text { return reason }
    return nil
  }

  private static func text(_ line: JSONValue, _ names: String...) -> String {
    for name in names {
      switch line[name] {
      case .string(let text): return text
      case .number(let digits): return digits
      default: continue
      }
    }
    return "-"
  }

  package var json: JSONValue {
    [
      "service": .string(service), "what": .string(what), "route": .string(route), "brand": .string(brand), "count": .integer(count),
      "sample_requests": .array(samples.map { .string($0) }),
    ]
  }

  package var sentence: String {
    "\(service): enforce would have refused \(count) of \(route) on brand \(brand) (\(what)), as in \(samples.joined(separator: ", "))"
  }
}
