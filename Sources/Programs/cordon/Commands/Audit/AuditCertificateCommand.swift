internal import ArgumentParser
internal import Evidence
internal import Kernel
internal import Platform

/// `cordon audit certificate FILE… --keys FILE`.
struct AuditCertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate", abstract: "Check isolation certificates: whose signature they have, and what they say.",
    discussion: """
      Needs no database and no network. Exit status 3 for a certificate that no trusted key signed, that was changed, or whose verdict is `failed`.
      """)

  @OptionGroup var output: OutputOptions

  @Argument(help: ArgumentHelp("Certificates, as cordon audit isolation wrote them.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Keys that you trust, one a line, as cordon keys signing show prints them.", valueName: "file"))
  var keys: String

  private struct Checked {
    let file: String
    let certificate: IsolationCertificate?
    let signer: VerifierKey?
    /// Why it doesn't count.
    let fault: String?

    var holds: Bool { certificate?.isIsolated ?? false }
  }

  func run() throws {
    let trusted = try trustedKeys()
    let checked = try files.map { try check($0, trusted) }
    output.print(json: .array(checked.map(json)), text: checked.map(text).joined(separator: "\n"))
    let failed = checked.count { !$0.holds }
    guard failed == 0 else { throw CommandFailure(.verificationFailed, "\(failed) of \(checked.count) certificates don't prove isolation") }
  }

  private func trustedKeys() throws -> [VerifierKey] {
    guard let text = TextInput.read(keys) else { throw CommandFailure(.notFound, "\(keys) can't be read") }
    do {
      return try text.split(whereSeparator: \.isNewline).filter { $0.first != "#" }.map { try VerifierKey(text: String($0)) }
    } catch let fault as NoteFault {
      throw CommandFailure(.usage, "\(keys): \(fault)")
    }
  }

  private func check(_ file: String, _ keys: [VerifierKey]) throws -> Checked {
    guard let bytes = TextInput.bytes(file) else { throw CommandFailure(.notFound, "\(file) can't be read") }
    do throws(NoteFault) {
      let (certificate, signer) = try CertificateCheck.read(bytes, trusting: keys)
      return Checked(file: file, certificate: certificate, signer: signer, fault: nil)
    } catch {
      return Checked(file: file, certificate: nil, signer: nil, fault: error.description)
    }
  }

  private func text(_ checked: Checked) -> String {
    guard let certificate = checked.certificate else { return "\(checked.file): not a certificate to rely on: \(checked.fault ?? "")" }
    let (subject, counts) = (certificate.subject, certificate.counts)
    return """
      \(checked.file): \(certificate.verdict)
        brand \(subject.brand) (\(subject.brandCode)) of \(subject.operatorName), \(subject.environment), mode \(subject.mode.rawValue), at \
      \(subject.at)
        \(counts.operations) operations, \(counts.probes) probes, \(counts.alarms) alarms, \(counts.findings) findings, \
      \(counts.catalogueFindings) in the catalogue; sources: \(certificate.sources.rawValue)
        program \(subject.program) (\(subject.commit)), schema \(subject.schemaHead), table \(certificate.tableDigest)
        signed by \(checked.signer.map { "\($0.name) \($0.fingerprint)" } ?? "nobody")
      """
  }

  private func json(_ checked: Checked) -> JSONValue {
    guard let certificate = checked.certificate else {
      return ["file": .string(checked.file), "trusted": false, "verdict": .null, "fault": checked.fault.map { .string($0) } ?? .null]
    }
    let payload = (try? JSONDocument.parse(certificate.payload)) ?? .null
    return [
      "file": .string(checked.file), "trusted": true, "verdict": .string(certificate.verdict), "fault": .null,
      "signed_by": checked.signer.map { .string($0.fingerprint) } ?? .null, "certificate": payload,
    ]
  }
}
