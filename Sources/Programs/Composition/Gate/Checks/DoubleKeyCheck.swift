internal import Kernel
internal import Postgres

/// No key stands in `global_var` and among the brands' keys too (S0-CFG-07).
struct DoubleKeyCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let defaults = try await scene.database.withPlatform { transaction in
      try await transaction.query(
        "SELECT DISTINCT key FROM cordon.global_var JOIN cordon.brand_config_default USING (key) ORDER BY key")
    }
    var keys = Set(try defaults.map { try $0.get("key", as: String.self) })
    for brand in try await scene.enabledBrands() {
      let own = try await scene.database.withBrand(brand.id) { transaction in
        try await transaction.query(
          "SELECT key FROM cordon.brand_config WHERE brand_id = \(transaction.brand) AND key IN (SELECT key FROM cordon.global_var)")
      }
      keys.formUnion(try own.map { try $0.get("key", as: String.self) })
    }
    return .judged("keys of both sides: \(keys.count)", faults: keys.sorted().map { "\($0) is the platform's and the brands'" })
  }
}
