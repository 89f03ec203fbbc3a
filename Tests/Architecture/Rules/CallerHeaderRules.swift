/// Who shows an internal token says whose it is (S0-TOK-01): no client of another role leaves out `X-Caller-Service`.
enum CallerHeaderRules {
  /// The only places where an HTTP request to a role is made; what they send is looked at on the wire (Tests/Integration/Callers).
  static let clients: Set<String> = ["InternalClient", "StackClient", "SimulatorLine", "UpstreamConnection"]
  /// Where a request to strangers is made: no role, so that no header of ours may go there.
  static let outward: Set<String> = ["ForeignClient"]
  /// Who makes a client of another role.
  static let makers: Set<String> = ["RoleFactory", "DeadLetterReplayClient"]

  /// It only names the header, for readers of the API.
  static let describer = "OpenAPIDocument"

  static func violations(_ file: SourceFile) -> [String] {
    let lines = file.lines.filter { !$0.drop { $0 == " " }.hasPrefix("//") }
    func mentions(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
    var found: [String] = []
    if mentions("HeaderNames.internalServiceToken"), !mentions("HeaderNames.callerService"), file.name != describer {
      found.append("\(file.path): an internal token without X-Caller-Service")
    }
    if outward.contains(file.name), mentions("HeaderNames.") { found.append("\(file.path): a header of ours to a stranger") }
    if mentions("HTTPClientRequest("), !clients.union(outward).contains(file.name) {
      found.append("\(file.path): an HTTP client of its own")
    }
    if mentions(" InternalClient("), !makers.contains(file.name) { found.append("\(file.path): a client that the audit doesn't know") }
    return found
  }
}
