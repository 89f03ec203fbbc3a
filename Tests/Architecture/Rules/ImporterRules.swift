/// Modules that one target alone, or certain targets only, may import.
enum ImporterRules {
  /// Each C library has one importer, so that there is one place that knows its rules.
  static let importers: [String: Set<String>] = [
    "CLibPQ": ["Postgres"], "CHiredis": ["Redis"], "CSodium": ["Security"], "CPgQuery": ["SQLAudit"],
    "Reactor": ["Postgres", "Redis", "PostgresTests"],
    "ArgumentParser": ["cordon"],
    "PrivateServers": ["Composition", "cordon", "TestSupport", "PrivateServersTests", "Integration", "EndToEnd"],
    "Composition": ["cordon", "Integration", "EndToEnd"],
  ]

  /// Pure targets: no I/O, so nothing that brings any.
  static let pure: [String: Set<String>] = [
    "Kernel": ["Glibc", "Darwin", "Synchronization"], "Contracts": ["Kernel"],
    "Evidence": ["Crypto", "Kernel"], "cordon-verify": ["Evidence", "Glibc", "Kernel"],
  ]

  static func violations(_ imports: [(target: String, module: String)]) -> [String] {
    imports.compactMap { target, module in
      if let allowed = importers[module], !allowed.contains(target) { return "\(target) imports \(module)" }
      if let allowed = pure[target], !allowed.contains(module) { return "\(target), which is pure, imports \(module)" }
      return nil
    }
  }
}
