package import Platform

/// What the seed gives to one of its two brands.
package struct SeedBrand: Sendable {
  package let code: String
  package let name: String
  package let currency: String
  package let hosts: [Host]
  /// What the brand sets for itself; the other keys stay on the global defaults.
  let configuration: [String: JSONValue]

  /// A host and what it is for.
  package struct Host: Hashable, Sendable {
    package let name: String
    package let target: DomainBinding.Target

    package init(_ name: String, _ target: DomainBinding.Target) {
      self.name = name
      self.target = target
    }
  }

  /// The brand that migration 0002 makes (S0-MIG-12).
  package static let standard = SeedBrand(
    code: "default", name: "Default", currency: "EUR", hosts: [Host("default.local", .agent(SeedBrand.agent))], configuration: [:])

  /// Another currency, another rate and a level domain of its own, so that whatever leaks between the two is seen (S0-E2E-03, S0-CFG-10).
  package static let second = SeedBrand(
    code: "brand2", name: "Brand Two", currency: "USD",
    hosts: [Host("brand2.local", .agent(SeedBrand.agent)), Host("level1.brand2.local", .level(1))],
    configuration: ["cashback_rate": .number("0.05")])

  package static let both = [standard, second]

  /// The seed agent, who is admitted in both brands.
  package static let agent: Int64 = 1
}
