internal import Kernel

extension IsolationCertificate {
  /// The one spelling of the certificate: JSON without white space, members in the order of the format's table.
  package var payload: [UInt8] {
    let denied = wouldDeny.map { "{\"counter\":\"\($0.counter)\",\"count\":\($0.count)}" }.joined(separator: ",")
    let members = [
      "\"version\":1", "\"operator\":\"\(subject.operatorName)\"", "\"brand\":\(subject.brand)", "\"brand_code\":\"\(subject.brandCode)\"",
      "\"environment\":\"\(subject.environment)\"", "\"mode\":\"\(subject.mode.rawValue)\"", "\"at\":\(subject.at.seconds)",
      "\"program\":\"\(subject.program)\"", "\"commit\":\"\(subject.commit)\"", "\"schema_head\":\(subject.schemaHead)",
      "\"operations\":\(counts.operations)", "\"probes\":\(counts.probes)", "\"alarms\":\(counts.alarms)",
      "\"findings\":\(counts.findings)", "\"catalogue_findings\":\(counts.catalogueFindings)", "\"sources\":\"\(sources.rawValue)\"",
      "\"table_sha256\":\"\(tableDigest)\"", "\"would_deny\":[\(denied)]", "\"verdict\":\"\(verdict)\"",
    ]
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  /// Reads the one spelling of a certificate. Whether it is signed is another question.
  package init(payload: [UInt8]) throws(NoteFault) {
    var reader = FixedJSONReader(payload, of: "the certificate")
    try reader.literal("{\"version\":1")
    let subject = try Self.subject(&reader)
    let counts = Counts(
      operations: try reader.number(",\"operations\":"), probes: try reader.number(",\"probes\":"),
      alarms: try reader.number(",\"alarms\":"), findings: try reader.number(",\"findings\":"),
      catalogueFindings: try reader.number(",\"catalogue_findings\":"))
    guard let sources = SourceVerdict(rawValue: try reader.text(",\"sources\":")) else { throw NoteFault("sources isn't a verdict") }
    let digest = try reader.text(",\"table_sha256\":")
    let wouldDeny = try Self.wouldDeny(&reader)
    let verdict = try reader.text(",\"verdict\":")
    try reader.end("}")
    guard
      let certificate = IsolationCertificate(
        subject: subject, counts: counts, sources: sources, tableDigest: digest, wouldDeny: wouldDeny),
      certificate.verdict == verdict, certificate.payload == payload
    else { throw NoteFault("the certificate contradicts itself, or is spelled otherwise") }
    self = certificate
  }

  private static func subject(_ reader: inout FixedJSONReader) throws(NoteFault) -> Subject {
    guard let operatorName = OperatorName(try reader.text(",\"operator\":")) else { throw NoteFault("operator isn't a name") }
    guard let brand = BrandID(try reader.number(",\"brand\":")) else { throw NoteFault("brand isn't a brand's number") }
    guard let code = BrandCode(try reader.text(",\"brand_code\":")) else { throw NoteFault("brand_code isn't a brand's code") }
    let environment = try reader.text(",\"environment\":")
    guard let mode = EnforcementMode(rawValue: try reader.text(",\"mode\":")) else { throw NoteFault("mode isn't a mode") }
    guard let at = Timestamp(checkingSeconds: try reader.number(",\"at\":")) else { throw NoteFault("at is too late") }
    return Subject(
      operatorName: operatorName, brand: brand, brandCode: code, environment: environment, mode: mode, at: at,
      program: try reader.text(",\"program\":"), commit: try reader.text(",\"commit\":"), schemaHead: try reader.number(",\"schema_head\":")
    )
  }

  private static func wouldDeny(_ reader: inout FixedJSONReader) throws(NoteFault) -> [WouldDeny] {
    try reader.literal(",\"would_deny\":[")
    var counted: [WouldDeny] = []
    guard !reader.takes("]") else { return counted }
    repeat {
      let counter = try reader.text("{\"counter\":")
      counted.append(WouldDeny(counter: counter, count: try reader.number(",\"count\":")))
      try reader.literal("}")
    } while counted.count < wouldDenyMax && reader.takes(",")
    try reader.literal("]")
    return counted
  }
}
