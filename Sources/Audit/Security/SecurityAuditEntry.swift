package import Kernel
package import Platform

/// A row of `security_audit_logs` on its way: into the table, or as a line of the fallback file and from there into the table.
package struct SecurityAuditEntry: Hashable, Sendable {
  /// Writing the same key again is one row.
  package let key: UUIDv7
  package let eventType: String
  package let severity: String
  package let user: String?
  package let authenticated: Int64?
  package let attempted: Int64?
  package let session: String?
  package let address: String?
  package let agent: String?
  /// Only in the file: the table has ten columns.
  package let requestID: String?
  package let at: Timestamp

  package init(_ violation: BrandViolation) {
    key = UUIDv7.next()
    eventType = violation.kind.rawValue
    severity = violation.severity.rawValue
    user = violation.user.map { String($0.prefix(128)) }
    authenticated = violation.authenticated?.rawValue
    attempted = violation.attempted?.rawValue
    session = violation.session.map { String($0.prefix(128)) }
    address = violation.address.map { String($0.prefix(64)) }
    agent = violation.agent.map { String($0.prefix(512)) }
    requestID = violation.requestID
    at = violation.at
  }

  /// Reads a line of the file; nil where it isn't one that ``line`` wrote.
  package init?(line: some StringProtocol) {
    guard let json = try? JSONDocument.parse(Array(line.utf8)), let key = json["entry_key"]?.text.flatMap({ UUIDv7(text: $0) }),
      let eventType = json["event_type"]?.text, let severity = json["severity"]?.text,
      let microseconds = Self.number(json["created_at_microseconds"])
    else { return nil }
    self.key = key
    self.eventType = eventType
    self.severity = severity
    user = json["user_id"]?.text
    authenticated = Self.number(json["authenticated_restaurant_id"])
    attempted = Self.number(json["attempted_restaurant_id"])
    session = json["session_id"]?.text
    address = json["ip_address"]?.text
    agent = json["user_agent"]?.text
    requestID = json["request_id"]?.text
    at = Timestamp(microseconds: microseconds)
  }

  /// One line of JSON, without its end (S3-FALL-02). `type` is the file's name for `event_type` (C-46).
  package var line: String {
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    func number(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }
    return JSONWriter.text(
      of: .members([
        ("entry_key", .string(key.description)), ("type", .string(eventType)), ("event_type", .string(eventType)),
        ("severity", .string(severity)), ("user_id", text(user)), ("authenticated_restaurant_id", number(authenticated)),
        ("attempted_restaurant_id", number(attempted)), ("session_id", text(session)), ("ip_address", text(address)),
        ("user_agent", text(agent)), ("request_id", text(requestID)), ("created_at", .string(at.description)),
        ("created_at_microseconds", .integer(at.microseconds)),
      ]))
  }

  private static func number(_ value: JSONValue?) -> Int64? {
    guard case .number(let digits)? = value else { return nil }
    return Int64(digits)
  }
}
