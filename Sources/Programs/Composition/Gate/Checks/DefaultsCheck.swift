internal import Kernel
internal import Platform
internal import Postgres

/// Every key that the code reads has a row for every enabled brand, its own or the documented default; none falls back on the program.
struct DefaultsCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    var (keys, faults) = (0, [String]())
    for brand in try await scene.enabledBrands() {
      let settings = try await scene.database.withBrand(brand.id) { try await BrandSettings.all(in: $0) }
      keys += settings.count
      faults += settings.filter { $0.source == .builtIn }.map { "\($0.key) has no row for brand \(brand.code), nor a default" }
    }
    return .judged("\(keys) values resolve", faults: faults)
  }
}
