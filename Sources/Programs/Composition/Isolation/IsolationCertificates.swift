internal import Audit
package import Evidence
internal import Foundation
package import Kernel
internal import Platform

/// Writes what an audit found, one signed certificate for each brand (`docs/formats/isolation-certificate.md`).
package struct IsolationCertificates: Sendable {
  private let key: SigningKeyFile
  private let program: String
  private let commit: String

  /// - Parameters:
  ///   - key: of `SIGNING_KEY_FILE`.
  ///   - program: the version of the program, and the commit that it was built from.
  package init(key: SigningKeyFile, program: String, commit: String) {
    self.key = key
    self.program = program
    self.commit = commit
  }

  /// Also of an audit that failed: what was found must not get lost.
  ///
  /// - Parameters:
  ///   - sources: what `cordon audit sql` says of the sources.
  ///   - directory: is made where it isn't there; earlier certificates in it are replaced.
  /// - Returns: the files, in the order of the brands, and the table that their digests are of.
  package func write(
    _ report: IsolationReport, sources: IsolationCertificate.SourceVerdict, to directory: String, at moment: Timestamp
  ) throws -> [String] {
    let signer = try key.load()
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var paths = [directory + "/isolation-table.tsv"]
    try write(Array(report.table.utf8), to: paths[0])
    for brand in report.brands {
      let certificate = try certificate(report, of: brand, signer, sources, moment)
      let envelope = try signer.envelope(of: certificate.payload, type: IsolationCertificate.payloadType)
      let path = "\(directory)/brand-\(brand.id).isolation.json"
      try write(envelope.bytes, to: path)
      paths.append(path)
    }
    return paths
  }

  private func certificate(
    _ report: IsolationReport, of brand: IsolationReport.AuditedBrand, _ signer: LogSigner, _ sources: IsolationCertificate.SourceVerdict,
    _ moment: Timestamp
  ) throws -> IsolationCertificate {
    let own = report.outcomes(about: brand.code)
    let catalogue = report.findings.count { $0.kind == .catalogue }
    let certificate = IsolationCertificate(
      subject: IsolationCertificate.Subject(
        operatorName: signer.history.operatorName, brand: brand.id, brandCode: brand.code, environment: report.environment,
        mode: report.mode, at: moment, program: program, commit: commit, schemaHead: SchemaHead.expected),
      counts: IsolationCertificate.Counts(
        operations: Int64(report.operations), probes: Int64(own.count { $0.place != nil }),
        alarms: Int64(own.count { $0.verdict == .alarm }), findings: Int64(report.findings.count - catalogue),
        catalogueFindings: Int64(catalogue)),
      sources: sources, tableDigest: report.tableDigest,
      wouldDeny: report.wouldDeny.map { IsolationCertificate.WouldDeny(counter: $0.counter, count: $0.count) })
    guard let certificate else { throw IsolationFault.unwritable("the certificate of \(brand.code)") }
    return certificate
  }

  /// Whole, or not at all.
  private func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw IsolationFault.unwritable(path)
    }
  }
}
