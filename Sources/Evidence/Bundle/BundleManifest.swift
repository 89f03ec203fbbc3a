package import Kernel

/// What a bundle says it holds: whose ledgers, of which time, how many of them.
package struct BundleManifest: Hashable, Sendable {
  package let operatorName: OperatorName
  package let scope: LogScope
  /// What was asked for. What is proven are the entries' numbers; the checkpoints are not older than the end.
  package let from: Timestamp
  package let to: Timestamp
  package let logs: Int64

  /// Nil for times before 1970, an end before the beginning, and more logs than there are ledgers.
  package init?(operatorName: OperatorName, scope: LogScope, from: Timestamp, to: Timestamp, logs: Int) {
    guard from.microseconds >= 0, from <= to, (1...Ledger.allCases.count).contains(logs) else { return nil }
    self.operatorName = operatorName
    self.scope = scope
    self.from = from
    self.to = to
    self.logs = Int64(logs)
  }

  init(text: [UInt8]) throws(NoteFault) {
    var lines = try TextLines(text, of: "the manifest")
    try lines.fixed("cordon-bundle-manifest 1")
    guard let operatorName = OperatorName(try lines.value("operator")) else { throw NoteFault("operator isn't a name") }
    guard let scope = LogScope(try lines.value("scope")) else { throw NoteFault("scope is neither a brand nor the platform") }
    let from = Timestamp(microseconds: try lines.number("from"))
    let to = Timestamp(microseconds: try lines.number("to"))
    let logs = try lines.number("logs")
    try lines.end()
    guard let count = Int(exactly: logs),
      let manifest = BundleManifest(operatorName: operatorName, scope: scope, from: from, to: to, logs: count)
    else { throw NoteFault("the manifest's times or its number of logs can't be") }
    self = manifest
  }

  var text: [UInt8] {
    Array(
      """
      cordon-bundle-manifest 1
      operator \(operatorName)
      scope \(scope)
      from \(from.microseconds)
      to \(to.microseconds)
      logs \(logs)

      """.utf8)
  }
}
