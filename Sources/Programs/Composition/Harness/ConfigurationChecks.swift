internal import Contracts
internal import Platform
internal import Postgres

/// A brand's settings are its own.
struct ConfigurationChecks: Sendable {
  /// What the flow changes and puts back. Nothing reads it while the harness runs.
  private static let changedKey = "lossback_rate"

  let stack: HarnessStack
  let cast: HarnessCast

  private struct Change: Encodable {
    let value: Double
    let reason = "two-brand harness"
  }

  var cashback: HarnessCheck {
    HarnessCheck("cashback_rate is 0.05 on brand2 and not on default", ["S0-E2E-18"]) { comparison in
      let own = try await read("cashback_rate", cast.second)
      comparison.expect("brand2", own.value, is: .number("0.05"))
      comparison.expect("where brand2 has it from", own.source, is: "brand")
      let standard = try await read("cashback_rate", cast.first)
      comparison.expect("default has brand2's rate", standard.value != .number("0.05"))
      comparison.expect("where default has it from", standard.source, is: "global_default")
    }
  }

  var change: HarnessCheck {
    HarnessCheck("a change of brand2's configuration changes nothing on default", ["S0-E2E-29"]) { comparison in
      let token = try await cast.operatorToken()
      let path = "/v1/admin/brand-config/\(Self.changedKey)"
      let before = (first: try await read(Self.changedKey, cast.first), second: try await read(Self.changedKey, cast.second))
      let ownBefore = try await ownRows(cast.first)
      let new = before.second.value == .number("0.01") ? 0.02 : 0.01
      let written = try await stack.operate(cast.second, token, "PUT", path, body: Change(value: new))
      comparison.expect("writing", written.summary, is: "200")
      comparison.expect("brand2", try await read(Self.changedKey, cast.second).value, is: .number("\(new)"))
      comparison.expect("default", try await read(Self.changedKey, cast.first).value, is: before.first.value)
      comparison.expect("rows of default", try await ownRows(cast.first), is: ownBefore)
      let restored: StackReply
      if before.second.source == "brand", case .number(let digits)? = before.second.value, let old = Double(digits) {
        restored = try await stack.operate(cast.second, token, "PUT", path, body: Change(value: old))
      } else {
        restored = try await stack.operate(cast.second, token, "DELETE", path)
      }
      comparison.expect("putting it back: \(restored.summary)", restored.status < 300)
    }
  }

  private func read(_ key: String, _ brand: DemoBrand) async throws -> (value: JSONValue?, source: String?) {
    let reply = try await stack.operate(brand, try await cast.operatorToken(), "GET", "/v1/admin/brand-config/\(key)")
    return (JSONMember.value("value", of: reply.body), JSONMember.text("source", of: reply.body))
  }

  private func ownRows(_ brand: DemoBrand) async throws -> [String] {
    try await stack.within(brand) { transaction in
      let rows = try await transaction.query(
        "SELECT key || '=' || value::text AS pair FROM cordon.brand_config WHERE brand_id = \(transaction.brand) ORDER BY key")
      return try rows.map { try $0.get("pair") }
    }
  }
}
