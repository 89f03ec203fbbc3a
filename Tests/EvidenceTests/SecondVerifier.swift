import Evidence
import Foundation

/// The verifier in Python, run over many cases at once.
enum SecondVerifier {
  /// What it says of each change of a bundle, a line each.
  static func verdicts(on bundle: [UInt8], keys: String, changes: [String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cordon-second-verifier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (file, keyFile, cases) = (folder.appending(path: "bundle"), folder.appending(path: "keys"), folder.appending(path: "cases"))
    try Data(bundle).write(to: file)
    try Data(keys.utf8).write(to: keyFile)
    try Data(changes.map { "\($0)\n" }.joined().utf8).write(to: cases)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-B", Repository.root.path + "/Tests/SecondVerifier/verifier.py", "--batch", file.path, keyFile.path]
    process.standardInput = try FileHandle(forReadingFrom: cases)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map { String($0) }
  }

  /// What the first verifier says, in the words of the second.
  static func line(_ report: VerificationReport) -> String {
    let lines = report.findings.map { finding in
      let first = finding.entries.map { String($0.lowerBound) } ?? "-"
      let last = finding.entries.map { String($0.upperBound) } ?? "-"
      return "\(finding.code.rawValue) \(finding.ledger?.rawValue ?? "-") \(first) \(last) \(finding.byte.map { String($0) } ?? "-")"
    }
    return lines.isEmpty ? "verified" : lines.joined(separator: "; ")
  }
}
