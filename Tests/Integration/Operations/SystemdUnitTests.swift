import Foundation
import TestSupport
import Testing

@Suite("The systemd units")
struct SystemdUnitTests {
  private static let folder = MigrationFiles.directory + "/../../ops/systemd"

  /// Section and name of each setting, with its values in their order.
  private func unit(_ name: String) throws -> [String: [String]] {
    let text = try String(contentsOfFile: Self.folder + "/" + name, encoding: .utf8)
    var section = ""
    var settings: [String: [String]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        section = String(line.dropFirst().dropLast())
        continue
      }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
      try #require(parts.count == 2 && !section.isEmpty, "\(name): \(line)")
      settings["\(section).\(parts[0])", default: []].append(parts[1])
    }
    return settings
  }

  @Test("the isolation audit is held every day, is made up for when the machine was down, and writes certificates")
  func isolationAudit() throws {
    let timer = try unit("cordon-isolation-audit.timer")
    #expect(timer["Timer.Persistent"] == ["true"])
    #expect(timer["Timer.OnCalendar"]?.first?.hasPrefix("*-*-* ") == true)
    #expect(timer["Timer.Unit"] == ["cordon-isolation-audit.service"])
    #expect(timer["Install.WantedBy"] == ["timers.target"])
    let service = try unit("cordon-isolation-audit.service")
    #expect(service["Service.Type"] == ["oneshot"])
    let command = try #require(service["Service.ExecStart"]?.first)
    #expect(command.hasPrefix("/usr/bin/cordon audit isolation ") && command.contains("--certificate-dir /var/lib/cordon/isolation"))
    #expect(service["Service.StateDirectory"] == ["cordon/isolation"])
    #expect(service["Service.ProtectSystem"] == ["strict"] && service["Service.CapabilityBoundingSet"] == [""])
  }

  @Test(
    "systemd itself understands them, and calls the service well shielded",
    .enabled(if: FileManager.default.isExecutableFile(atPath: Self.analyze)))
  func analyzed() throws {
    for name in ["cordon-isolation-audit.service", "cordon-isolation-audit.timer"] {
      let (_, messages) = try run(["verify", name])
      // The program isn't installed where the tests run.
      let complaints = messages.split(separator: "\n").filter { $0.contains(name) && !$0.contains("is not executable") }
      #expect(complaints == [])
    }
    let (status, score) = try run(["security", "--offline=yes", "--threshold=15", "cordon-isolation-audit.service"])
    #expect(status == 0, "\(score)")
  }

  private static let analyze = "/usr/bin/systemd-analyze"

  private func run(_ arguments: [String]) throws -> (status: Int32, messages: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: Self.analyze)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: Self.folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let messages = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, messages)
  }
}
