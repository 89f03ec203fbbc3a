import Composition
import Foundation
import Kernel
import PrivateServers
import TestSupport
import Testing

/// Prometheus and Alertmanager as they are shipped for, on a running stack's roles, with somebody at the end of each receiver.
final class AlertPipeline: Sendable {
  static let receivers = ["security", "compliance", "on-call", "tickets"]
  private static let folder = String(AlertRule.folder.dropLast("/prometheus".count))

  private let alertmanager: String
  private let client = StackClient()
  private let desks: [String: CannedServer]
  private let runs: [ProgramRun]
  /// Where each of ``runs`` answers.
  private let addresses: [String]
  private let directory: URL

  /// - Parameters:
  ///   - stack: nil for an Alertmanager alone.
  ///   - change: made to Alertmanager's configuration before it starts.
  static func run(
    _ stack: RunningStack?, changing change: (String) throws -> String = { $0 }, _ body: (AlertPipeline) async throws -> Void
  ) async throws {
    let pipeline = try AlertPipeline(stack, change)
    do {
      try await pipeline.waitUntilReady()
      try await body(pipeline)
      await pipeline.stop()
    } catch {
      await pipeline.stop()
      throw error
    }
  }

  private init(_ stack: RunningStack?, _ change: (String) throws -> String) throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "cordon-alerts-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    desks = try Dictionary(uniqueKeysWithValues: Self.receivers.map { ($0, try CannedServer("{}")) })
    let port = try FreePort.next()
    alertmanager = "http://127.0.0.1:\(port)"
    // All that can be wrong is wrong before anything runs.
    var commands = [try Self.alertmanager(port, directory, desks, change)]
    var addresses = [alertmanager]
    if let stack {
      let own = try FreePort.next()
      commands.append(try Self.prometheus(stack, directory, own, alertmanager: port))
      addresses.append("http://127.0.0.1:\(own)")
    }
    self.addresses = addresses
    runs = try commands.map { try ProgramRun($0) }
  }

  private static func alertmanager(
    _ port: Int, _ directory: URL, _ desks: [String: CannedServer], _ change: (String) throws -> String
  ) throws -> [String] {
    var text = try String(contentsOfFile: folder + "/alertmanager/alertmanager.yml", encoding: .utf8)
    for (name, desk) in desks { text = text.replacing("http://127.0.0.1:9095/\(name)", with: desk.url) }
    let file = directory.path + "/alertmanager.yml"
    try change(text).write(toFile: file, atomically: true, encoding: .utf8)
    return [
      try program("prometheus-alertmanager"), "--config.file=\(file)", "--storage.path=\(directory.path)/alertmanager",
      "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
    ]
  }

  /// As it is shipped, but for the ports and that it looks each second.
  private static func prometheus(_ stack: RunningStack, _ directory: URL, _ port: Int, alertmanager: Int) throws -> [String] {
    var text = try String(contentsOfFile: AlertRule.folder + "/prometheus.yml", encoding: .utf8)
    for role in RunningStack.roles {
      let shipped = "127.0.0.1:\(role.defaultPort) "
      try #require(text.contains(shipped), "prometheus.yml lacks \(role)")
      text = text.replacing(shipped, with: stack.url(role).dropFirst("http://".count) + " ")
    }
    text = text.replacing("127.0.0.1:9093", with: "127.0.0.1:\(alertmanager)").replacing("interval: 15s", with: "interval: 1s")
      .replacing("cordon.rules.yml", with: AlertRule.file)
    let file = directory.path + "/prometheus.yml"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return [
      try program("prometheus"), "--config.file=\(file)", "--storage.tsdb.path=\(directory.path)/prometheus",
      "--web.listen-address=127.0.0.1:\(port)",
    ]
  }

  private static func program(_ name: String) throws -> String {
    try #require(ServerLocator.program(name), "\(name) is missing; scripts/bootstrap --tests installs it")
  }

  private func waitUntilReady() async throws {
    for (run, address) in zip(runs, addresses) {
      try await eventually("\(address) is ready") {
        try #require(!run.hasEnded, "\(run.messages)")
        return (try? await self.client.send("GET", "/-/ready", at: address).status) == 200
      }
    }
  }

  private func stop() async {
    for run in runs { run.signal(SIGKILL) }
    for run in runs { _ = await run.status() }
    for desk in desks.values { desk.stop() }
    try? FileManager.default.removeItem(at: directory)
  }

  // MARK: What happens

  /// Tells Alertmanager what Prometheus would.
  func fire(_ alert: String, _ labels: [String: String]) async throws {
    let alerts = [["labels": labels.merging(["alertname": alert]) { $1 }]]
    #expect(try await client.send("POST", "/api/v2/alerts", at: alertmanager, body: alerts).status == 200)
  }

  /// Who was told of an alert so far.
  func heard(_ alert: String) -> Set<String> {
    Set(desks.filter { $0.value.bodies.contains { $0.contains(#""alertname":"\#(alert)""#) } }.keys)
  }

  func messages(at receiver: String) -> [String] { desks[receiver]?.bodies ?? [] }
}
