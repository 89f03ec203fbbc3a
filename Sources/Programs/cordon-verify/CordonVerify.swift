internal import Evidence
internal import Glibc
internal import Kernel

/// Checks evidence that Cordon exported: no database, no network, no configuration, no key but those that it is given.
@main
struct CordonVerify {
  static func main() async {
    do throws(VerifyFailure) {
      let arguments = try Arguments(CommandLine.arguments.dropFirst())
      guard !arguments.isHelp else {
        Console.data(Arguments.help)
        exit(VerifyStatus.verified.rawValue)
      }
      let isVerified = try await judge(arguments)
      exit((isVerified ? VerifyStatus.verified : .failed).rawValue)
    } catch {
      Console.message("cordon-verify: \(error.message)")
      exit(error.status.rawValue)
    }
  }

  /// Prints what is found.
  private static func judge(_ arguments: Arguments) async throws(VerifyFailure) -> Bool {
    if let folder = CaseFolder(path: arguments.file) {
      let report = try await folder.report(try TrustFiles.trust(arguments))
      Console.data(arguments.isJSON ? CaseReportJSON.text(of: report) : CaseReportText.text(of: report))
      return report.isVerified
    }
    let report = try await verify(arguments)
    Console.data(arguments.isJSON ? ReportJSON.text(of: report) : ReportText.text(of: report))
    return report.isVerified
  }

  private static func verify(_ arguments: Arguments) async throws(VerifyFailure) -> VerificationReport {
    let trust = try TrustFiles.trust(arguments)
    let source = try FileSource(path: arguments.file)
    defer { source.close() }
    do throws(ByteSourceFault) {
      if let receipt = try source.receipt() { return ReceiptVerifier(trust: trust).verify(receipt) }
      let progress = Progress(size: source.size)
      defer { progress.end() }
      return try await BundleVerifier(trust: trust, progress: progress.show).verify(source)
    } catch {
      throw VerifyFailure(.unreadable, error.description)
    }
  }
}
