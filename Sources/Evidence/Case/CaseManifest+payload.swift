internal import Kernel

extension CaseManifest {
  /// The one spelling of the manifest: JSON without white space, members in the order of the format's tables.
  package var payload: [UInt8] {
    let logs = logs.map { log in
      "{\"scope\":\"\(log.scope)\",\"ledger\":\"\(log.ledger.rawValue)\",\"state\":\"\(log.state.rawValue)\",\"first\":\(log.first),"
        + "\"entries\":\(log.entries),\"unsigned\":\(log.unsigned)}"
    }
    let files = files.map { "{\"path\":\"\($0.path)\",\"bytes\":\($0.byteCount),\"sha256\":\"\($0.sha256)\"}" }
    let members = [
      "\"version\":1", "\"operator\":\"\(subject.operatorName)\"", "\"case\":\"\(subject.caseID)\"", "\"by\":\"\(subject.by)\"",
      "\"from\":\(subject.from.microseconds)", "\"to\":\(subject.to.microseconds)", "\"preserved_at\":\(subject.preservedAt.seconds)",
      "\"program\":\"\(subject.program)\"", "\"commit\":\"\(subject.commit)\"", "\"logs\":[\(logs.joined(separator: ","))]",
      "\"files\":[\(files.joined(separator: ","))]",
    ]
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  /// Reads the one spelling of a manifest. Whether it is signed is another question.
  package init(payload: [UInt8]) throws(NoteFault) {
    var reader = FixedJSONReader(payload, of: "the manifest")
    try reader.literal("{\"version\":1")
    let subject = try Self.subject(&reader)
    let logs = try Self.list(&reader, ",\"logs\":[", max: Self.logsMax, Self.log)
    let files = try Self.list(&reader, ",\"files\":[", max: Self.filesMax, Self.file)
    try reader.end("}")
    guard let manifest = CaseManifest(subject, logs: logs, files: files), manifest.payload == payload else {
      throw NoteFault("the manifest contradicts itself, or is spelled otherwise")
    }
    self = manifest
  }

  private static func subject(_ reader: inout FixedJSONReader) throws(NoteFault) -> Subject {
    guard let operatorName = OperatorName(try reader.text(",\"operator\":")) else { throw NoteFault("operator isn't a name") }
    let (caseID, by) = (try reader.text(",\"case\":"), try reader.text(",\"by\":"))
    let from = Timestamp(microseconds: try reader.number(",\"from\":"))
    let to = Timestamp(microseconds: try reader.number(",\"to\":"))
    guard let at = Timestamp(checkingSeconds: try reader.number(",\"preserved_at\":")) else { throw NoteFault("preserved_at is too late") }
    return Subject(
      operatorName: operatorName, caseID: caseID, by: by, from: from, to: to, preservedAt: at, program: try reader.text(",\"program\":"),
      commit: try reader.text(",\"commit\":"))
  }

  private static func list<Value>(
    _ reader: inout FixedJSONReader, _ before: String, max: Int, _ read: (inout FixedJSONReader) throws(NoteFault) -> Value
  ) throws(NoteFault) -> [Value] {
    try reader.literal(before)
    var values: [Value] = []
    guard !reader.takes("]") else { return values }
    repeat { values.append(try read(&reader)) } while values.count < max && reader.takes(",")
    try reader.literal("]")
    return values
  }

  private static func log(_ reader: inout FixedJSONReader) throws(NoteFault) -> CaseLog {
    guard let scope = LogScope(try reader.text("{\"scope\":")) else { throw NoteFault("scope is neither a brand nor the platform") }
    guard let ledger = Ledger(rawValue: try reader.text(",\"ledger\":")) else { throw NoteFault("the ledger isn't known") }
    guard let state = CaseLog.State(rawValue: try reader.text(",\"state\":")) else { throw NoteFault("the log's state isn't known") }
    let (first, entries) = (try reader.number(",\"first\":"), try reader.number(",\"entries\":"))
    let unsigned = try reader.number(",\"unsigned\":")
    try reader.literal("}")
    return CaseLog(scope, ledger, state, first: first, entries: entries, unsigned: unsigned)
  }

  private static func file(_ reader: inout FixedJSONReader) throws(NoteFault) -> CaseFile {
    let path = try reader.text("{\"path\":")
    let count = try reader.number(",\"bytes\":")
    let file = CaseFile(path: path, byteCount: count, sha256: try reader.text(",\"sha256\":"))
    try reader.literal("}")
    guard let file else { throw NoteFault("a file of the manifest can't be") }
    return file
  }
}
