internal import Crypto
package import Kernel

/// A whole audit of the isolation of two brands.
package struct IsolationReport: Sendable {
  package let environment: String
  package let mode: EnforcementMode
  package let brands: [AuditedBrand]
  /// Operations in the roles' documents.
  package let operations: Int
  package let outcomes: [IsolationOutcome]
  package let findings: [IsolationFinding]
  /// Requests that `enforce` would have refused before the audit began, by counter.
  package let wouldDeny: [(counter: String, count: Int64)]

  package struct AuditedBrand: Hashable, Sendable {
    package let id: BrandID
    package let code: BrandCode
  }

  /// An audit that asked nothing has proved nothing.
  package var isIsolated: Bool { findings.isEmpty && !outcomes.isEmpty && operations > 0 }

  package func count(_ verdict: IsolationOutcome.Verdict) -> Int { outcomes.count { $0.verdict == verdict } }

  package var probes: Int { outcomes.count { $0.place != nil } }

  package var summary: String {
    "\(operations) operations, \(probes) probes, \(count(.alarm)) of them answered by an alarm, \(findings.count) findings"
  }

  /// The results as lines, which the certificate vouches for: header, then one line each, in the order of the audit.
  package var table: String {
    (["ROLE\tOPERATION\tPLACE\tACTOR\tASKER\tOWNER\tOUTCOME\tDETAIL"] + outcomes.map(\.line)).joined(separator: "\n") + "\n"
  }

  package var tableDigest: String { Hexadecimal.encode(SHA256.hash(data: Array(table.utf8))) }

  /// The results that are about one brand's things, and those of operations that take nothing.
  func outcomes(about brand: BrandCode) -> [IsolationOutcome] {
    outcomes.filter { $0.owner == brand.rawValue || $0.owner.isEmpty }
  }
}
