import Composition
import Contracts
import Foundation
import Kernel
import Platform
import TestSupport

/// Services of a stack as a supervisor runs them, each in a process of its own beside the stack's: `--apply` stops and starts them anew.
struct FlipBench: Sendable {
  static let services = RunningStack.roles

  let stack: RunningStack
  private let folder: String
  private let ports: [ServiceRole: Int]

  static func run(_ body: (FlipBench) async throws -> Void) async throws {
    try await RunningStack.run { stack in
      let folder = "/tmp/cordon-flip-\(UUID().uuidString.prefix(8))"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let ports = Dictionary(uniqueKeysWithValues: try services.map { ($0, try FreePort.next()) })
      let bench = FlipBench(stack: stack, folder: folder, ports: ports)
      do {
        try bench.script.write(toFile: folder + "/apply", atomically: true, encoding: .utf8)
        try await body(bench)
        bench.end()
      } catch {
        bench.end()
        throw error
      }
    }
  }

  /// What a deployment tool does, in a few lines.
  private var script: String {
    """
    cd \(folder)
    echo "$FLIP_SERVICE $FLIP_MODE" >> order
    if [ -f "$FLIP_SERVICE" ]; then
      kill -9 "$(cat "$FLIP_SERVICE")"
    fi
    MULTI_BRAND_ENFORCEMENT=$FLIP_MODE nohup \(CordonProgram.path) serve "$FLIP_SERVICE" --config \(stack.configurationFile) \\
      >> log 2>&1 < /dev/null &
    echo $! > "$FLIP_SERVICE"
    """
  }

  private func end() {
    for service in Self.services {
      let text = try? String(contentsOfFile: "\(folder)/\(service.rawValue)", encoding: .utf8)
      if let pid = text.flatMap({ Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }) { kill(pid, SIGKILL) }
    }
    try? FileManager.default.removeItem(atPath: folder)
  }

  // MARK: Flipping

  /// Where the services are, for the program and for what it starts.
  var environment: [String: String] {
    var environment = ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": stack.configurationFile]
    for (role, port) in ports {
      environment["CORDON_\(role.rawValue.uppercased())_PORT"] = "\(port)"
      environment["CORDON_\(role.rawValue.uppercased())_URL"] = "http://127.0.0.1:\(port)"
    }
    return environment
  }

  func flip(_ arguments: String...) async throws -> (status: Int32, output: String, messages: String) { try await flip(arguments) }

  private func flip(_ arguments: [String]) async throws -> (status: Int32, output: String, messages: String) {
    try await CordonProgram(environment: environment).run(
      ["flip"] + arguments + ["--operator-id", "ops:alice", "--reason", "CHG-7 rehearsed"])
  }

  /// Given their mode by the script: these services, or all.
  func applying(_ direction: String, _ services: [String] = []) async throws -> (status: Int32, output: String, messages: String) {
    try await flip(
      [direction, "--apply", "sh \(folder)/apply", "--step-seconds", "30"] + services.flatMap { ["--service", $0] })
  }

  /// Lines `service mode`, in the order in which they were applied.
  var order: [String] {
    ((try? String(contentsOfFile: folder + "/order", encoding: .utf8)) ?? "").split(separator: "\n").map { String($0) }
  }

  // MARK: What came of it

  func mode(_ role: ServiceRole) async throws -> String {
    try await stack.client.send("GET", "/health", at: url(role)).decode(HealthBody.self).enforcementMode
  }

  func metric(_ name: String, _ role: ServiceRole) async throws -> String? {
    try await stack.client.send("GET", "/metrics", at: url(role)).text.split(separator: "\n")
      .first { $0.hasPrefix(#"\#(name){service="\#(role.rawValue)"}"#) }?.split(separator: " ").last.map { String($0) }
  }

  func audited() async throws -> [String] {
    try await stack.psql(
      """
      SELECT concat_ws('|', resource, resource_key, operator_id, new_value ->> 'direction', new_value ->> 'target_mode', new_value ->> 'env',
        new_value ->> 'dry_run', new_value ->> 'reason')
      FROM cordon.admin_audit WHERE action = 'ENFORCEMENT_MODE_FLIP' ORDER BY created_at, audit_id
      """
    ).split(separator: "\n").map { String($0) }
  }

  private func url(_ role: ServiceRole) -> String { ports[role].map { "http://127.0.0.1:\($0)" } ?? stack.url(role) }
}
