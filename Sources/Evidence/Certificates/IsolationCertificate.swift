package import Kernel

/// What a cross-brand audit found about one brand (`docs/formats/isolation-certificate.md`). It is written when the audit failed too.
package struct IsolationCertificate: Hashable, Sendable {
  package static let payloadType = "application/vnd.cordon.isolation+json"

  /// What was audited.
  package struct Subject: Hashable, Sendable {
    package let operatorName: OperatorName
    package let brand: BrandID
    package let brandCode: BrandCode
    /// What the stack calls itself, such as `staging`.
    package let environment: String
    package let mode: EnforcementMode
    package let at: Timestamp
    /// The program's version, and the commit that it was built from.
    package let program: String
    package let commit: String
    package let schemaHead: Int64

    package init(
      operatorName: OperatorName, brand: BrandID, brandCode: BrandCode, environment: String, mode: EnforcementMode, at: Timestamp,
      program: String, commit: String, schemaHead: Int64
    ) {
      self.operatorName = operatorName
      self.brand = brand
      self.brandCode = brandCode
      self.environment = environment
      self.mode = mode
      self.at = Timestamp(seconds: at.seconds)
      self.program = program
      self.commit = commit
      self.schemaHead = schemaHead
    }
  }

  /// How much was looked at, and what was found.
  package struct Counts: Hashable, Sendable {
    /// Operations in the roles' documents.
    package let operations: Int64
    /// Pairs of operation and place that another brand asked for this brand's things.
    package let probes: Int64
    /// Probes that were answered by the alarm that is agreed with callers inside.
    package let alarms: Int64
    package let findings: Int64
    package let catalogueFindings: Int64

    package init(operations: Int64, probes: Int64, alarms: Int64, findings: Int64, catalogueFindings: Int64) {
      self.operations = operations
      self.probes = probes
      self.alarms = alarms
      self.findings = findings
      self.catalogueFindings = catalogueFindings
    }
  }

  /// What the audit of the sources said; `notRun` where no checkout was given.
  package enum SourceVerdict: String, Sendable, CaseIterable {
    case clean
    case failed
    case notRun = "not_run"
  }

  /// Requests that `enforce` would have refused, by the counter that counted them.
  package struct WouldDeny: Hashable, Sendable {
    package let counter: String
    package let count: Int64

    package init(counter: String, count: Int64) {
      self.counter = counter
      self.count = count
    }
  }

  package let subject: Subject
  package let counts: Counts
  package let sources: SourceVerdict
  /// SHA-256 of the table of results, in hexadecimal.
  package let tableDigest: String
  package let wouldDeny: [WouldDeny]

  /// Nil for texts that JSON would escape, counts below zero, and a digest that is none.
  package init?(subject: Subject, counts: Counts, sources: SourceVerdict, tableDigest: String, wouldDeny: [WouldDeny]) {
    let texts = [subject.environment, subject.program, subject.commit] + wouldDeny.map(\.counter)
    let numbers = [
      counts.operations, counts.probes, counts.alarms, counts.findings, counts.catalogueFindings, subject.schemaHead, subject.at.seconds,
    ]
    guard texts.allSatisfy(Self.isPlain), (numbers + wouldDeny.map(\.count)).allSatisfy({ $0 >= 0 }) else { return nil }
    guard let digest = Hexadecimal.decode(tableDigest), digest.count == 32, wouldDeny.count <= Self.wouldDenyMax else { return nil }
    self.subject = subject
    self.counts = counts
    self.sources = sources
    self.tableDigest = tableDigest
    self.wouldDeny = wouldDeny
  }

  static let wouldDenyMax = 256

  /// Whether nothing was found. An audit that asked nothing has proved nothing.
  package var isIsolated: Bool {
    counts.findings == 0 && counts.catalogueFindings == 0 && sources != .failed && counts.operations > 0 && counts.probes > 0
  }

  package var verdict: String { isIsolated ? "isolated" : "failed" }

  private static func isPlain(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }
}
