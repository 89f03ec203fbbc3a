/// The files that the gate reads.
package struct GateFiles: Hashable, Sendable {
  /// Where the signed-off evidence lies.
  package let records: String
  /// The deployed alert rules.
  package let rules: String
  /// Logs of the services over the soak, lines of JSON.
  package let logs: [String]

  package init(records: String, rules: String, logs: [String]) {
    self.records = records
    self.rules = rules
    self.logs = logs
  }
}
