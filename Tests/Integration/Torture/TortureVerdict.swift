/// What a run came to, in words that are kept.
struct TortureVerdict: CustomStringConvertible {
  let name: String
  let run: TortureRun
  /// What was done to the servers.
  let harm: String
  let ledger: TortureLedger
  let findings: [String]

  var description: String {
    let records = run.log.records
    let doubts = Dictionary(grouping: records.flatMap(\.doubts)) { $0 }.mapValues(\.count).sorted { $0.key < $1.key }
    return """
      torture \(name): seed \(run.settings.seed), \(run.settings.seconds) s, \(TortureSettings.clients) clients, \(harm), \
      \(records.count) commands sent, \(ledger.commands.count) in the ledger, \
      \(ledger.commands.filter { $0.status < 300 }.count) accepted, \(records.filter { $0.ambiguous > 0 }.count) asked again \
      (\(doubts.map { "\($0.key): \($0.value)" }.joined(separator: ", "))), \(findings.count) findings
      \(findings.map { "  " + $0 }.joined(separator: "\n"))
      replay: \(run.settings.replay(name))
      """
  }
}
