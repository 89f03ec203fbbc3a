import Foundation
import Kernel
import TestSupport
import Testing

@Suite("cordon brand doctor and config", .serialized)
struct BrandDoctorTests {
  private static let act = ["--operator-id", "ops:dora", "--reason", "INC-12"]

  private func run(_ stack: RunningStack, _ arguments: [String]) async throws -> (status: Int32, output: String, messages: String) {
    try await CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": stack.configurationFile]).run(arguments)
  }

  @Test(
    "what came loose is found, named, and put back with an audit row each; what a person must decide is left and named",
    .timeLimit(.minutes(2)))
  func doctor() async throws {
    try await RunningStack.run { stack in
      let well = try await run(stack, ["brand", "doctor"])
      #expect(well.status == 0 && well.output.contains("every brand is well"), "\(well.output)\(well.messages)")
      // brand-global: test: loosens what the doctor must find
      try await stack.psql(
        """
        INSERT INTO cordon.agent (agent_id, name) VALUES (700, 'Lost'), (701, 'Elsewhere');
        INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (1, 701);
        INSERT INTO cordon.domain_binding (host, kind, brand_id, agent_id)
          SELECT 'orphan.local', 'agent', brand_id, 701 FROM cordon.brand WHERE brand_code = 'brand2';
        SET session_replication_role = replica;
        DELETE FROM cordon.brand_config_default WHERE key = 'lossback_rate';
        """)
      try await stack.redis("DEL", "domain:agent:default.local")
      let found = try await run(stack, ["brand", "doctor", "--json"])
      #expect(found.status == 3, "\(found.messages)")
      for what in [
        "agent 700 is admitted in no brand", "domain:agent:default.local in Redis is missing", "orphan.local leads to agent 701",
        "brand default has no row of brand_config for lossback_rate",
      ] { #expect(found.output.contains(what), "\(what): \(found.output)") }
      #expect(try await run(stack, ["brand", "doctor", "--fix"]).status == 2, "nobody repairs unsigned")

      let repaired = try await run(stack, ["brand", "doctor", "--fix"] + Self.act)
      #expect(repaired.status == 3 && repaired.output.contains("admit the agent in the brand, or unbind the host"), "\(repaired.output)")
      #expect(repaired.output.split(separator: "\n").filter { !$0.hasPrefix("repaired: ") }.count == 1, "\(repaired.output)")
      #expect(
        try await stack.psql(
          "SELECT action || ' ' || resource_key || ' ' || reason FROM cordon.admin_audit WHERE operator_id = 'ops:dora' ORDER BY audit_id"
        ).split(separator: "\n").map { String($0) } == [
          "AGENT_BRAND_ENABLE 700 INC-12", "DOMAIN_BINDINGS_REBUILD all INC-12", "BRAND_CONFIG_SET lossback_rate INC-12",
          "BRAND_CONFIG_SET lossback_rate INC-12",
        ])
      // brand-global: test: looks at the row that was put back
      #expect(try await stack.psql("SELECT brand_id, status FROM cordon.agent_brand WHERE agent_id = 700") == "1|enabled")
      let other = try await stack.psql("SELECT brand_id FROM cordon.brand WHERE brand_code = 'brand2'")
      try await stack.psql("INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (\(other), 701)")
      #expect(try await run(stack, ["brand", "doctor"]).status == 0)
    }
  }

  @Test(
    "S0-RB-13 a bad value is taken back by the number of its audit row, with a row of its own, and by no other brand's",
    .timeLimit(.minutes(2)))
  func revert() async throws {
    try await RunningStack.run { stack in
      let brand = stack.brands[1]
      try await stack.psql("UPDATE cordon.brand_config SET value = '9' WHERE brand_id = \(brand.id) AND key = 'cashback_rate'")
      let bad = try await stack.psql(
        """
        INSERT INTO cordon.admin_audit (brand_id, operator_id, action, resource, resource_key, old_value, new_value)
        VALUES (\(brand.id), 'ops:bob', 'BRAND_CONFIG_SET', 'brand_config', 'cashback_rate', '0.05', '9') RETURNING audit_id
        """
      ).split(separator: "\n").first.map { String($0) }
      let audit = try #require(bad)
      func revert(_ brand: StackBrand, _ more: [String]) async throws -> Int32 {
        try await run(stack, ["brand", "config", "revert", audit, "--brand", "\(brand.id)"] + more).status
      }
      #expect(try await revert(brand, []) == 2)
      #expect(try await revert(stack.brands[0], Self.act) == 4)
      let value = "SELECT value FROM cordon.brand_config WHERE brand_id = \(brand.id) AND key = 'cashback_rate'"
      #expect(try await stack.psql(value) == "9")
      #expect(try await revert(brand, Self.act) == 0)
      #expect(try await stack.psql(value) == "0.05")
      #expect(
        try await stack.psql(
          "SELECT brand_id, operator_id, old_value, new_value, reason FROM cordon.admin_audit WHERE action = 'BRAND_CONFIG_REVERT'")
          == "\(brand.id)|ops:dora|9|0.05|audit \(audit): INC-12")
    }
  }
}
