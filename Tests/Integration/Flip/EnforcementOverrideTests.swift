import Composition
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Overrides of enforcement on a running wallet", .timeLimit(.minutes(2)))
struct EnforcementOverrideTests {
  private static let setting = "MULTI_BRAND_ENFORCEMENT_OVERRIDES"

  /// As the setting has it.
  private static func override(endingIn seconds: Int64) -> String {
    "recon=observe@\(WallClock.system.now().advanced(bySeconds: seconds).description.prefix(19))Z"
  }

  @Test("C-11 a wallet that starts with one says so at /health, in its metrics and in the audit, and counts as observing")
  func visible() async throws {
    try await RunningStack.run { stack in
      let override = Self.override(endingIn: 3600)
      let wallet = try RoleProcess(.walletService, stack: stack, port: try FreePort.next(), settings: [Self.setting: override])
      do {
        try await wallet.serves()
        try await expectVisible(override, wallet, stack)
        await wallet.kill()
      } catch {
        await wallet.kill()
        throw error
      }
    }
  }

  private func expectVisible(_ override: String, _ wallet: RoleProcess, _ stack: RunningStack) async throws {
    let health = try await stack.client.send("GET", "/health", at: wallet.url).text
    #expect(health.contains(#""enforcement_overrides":["\#(override)"]"#), "\(health)")
    let metrics = try await stack.client.send("GET", "/metrics", at: wallet.url).text
    #expect(metrics.contains(#"multi_brand_enforcement_override_end_timestamp_seconds{service="wallet_service",caller_service="recon"} "#))
    #expect(metrics.contains(#"security_downgrade_total{service="wallet_service"} 1"#))
    let row = try await stack.psql(
      """
      SELECT operator_id, resource, resource_key, new_value ->> 'caller_service', new_value ->> 'target_mode' FROM cordon.admin_audit
      WHERE action = 'ENFORCEMENT_OVERRIDE'
      """)
    #expect(row == "wallet_service|MULTI_BRAND_ENFORCEMENT|local|recon|observe")
    let cordon = CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": stack.configurationFile])
    let status = try await cordon.run("flip", "status", "--json", "--instance", "wallet_service=\(wallet.url)")
    #expect(status.output.contains(#""url":"\#(wallet.url)","mode":"observe""#), "\(status.output)\(status.messages)")
  }

  @Test("C-11 one that lasts longer than a day, or is no override, refuses the start; one that has ended does not, and is told in the log")
  func refused() async throws {
    try await RunningStack.run { stack in
      let long = try await serve(Self.override(endingIn: 24 * 3600 + 60), stack)
      #expect(long.status == 1 && long.messages.contains("24 hours"), "\(long.status) \(long.messages)")
      for text in ["recon=off@2026-11-26T12:00:00Z", "recon=observe", "everybody=observe@2026-11-26T12:00:00Z"] {
        let wrong = try await serve(text, stack)
        #expect(wrong.status == 2 && wrong.messages.contains(Self.setting), "\(wrong.status) \(wrong.messages)")
      }
      #expect(try await stack.psql("SELECT count(*) FROM cordon.admin_audit WHERE action = 'ENFORCEMENT_OVERRIDE'") == "0")

      let ended = try RoleProcess(
        .walletService, stack: stack, port: try FreePort.next(), settings: [Self.setting: Self.override(endingIn: -60)])
      do {
        try await ended.serves()
        #expect(ended.messages.contains("an override of enforcement has ended"), "\(ended.messages)")
        #expect(try await stack.client.send("GET", "/health", at: ended.url).text.contains(#""enforcement_overrides":[]"#))
        await ended.kill()
      } catch {
        await ended.kill()
        throw error
      }
    }
  }

  private func serve(_ override: String, _ stack: RunningStack) async throws -> (status: Int32, output: String, messages: String) {
    let environment = ["CORDON_ENV": "local", "CORDON_WALLET_SERVICE_PORT": "\(try FreePort.next())", Self.setting: override]
    return try await CordonProgram(environment: environment).run("serve", "wallet_service", "--config", stack.configurationFile)
  }
}
