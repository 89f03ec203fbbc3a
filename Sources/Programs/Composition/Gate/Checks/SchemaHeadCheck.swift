internal import Platform

/// The database has the schema that this program was built for.
struct SchemaHeadCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let expected = StartRules.expectedHeads(configuration: scene.configuration, builtIn: SchemaHead.expected)
    do {
      return .met("migration head \(try await SchemaCheck(database: scene.database, expected: expected).requireExpectedHead())")
    } catch let refusal as StartRefused {
      return .unmet(refusal.description)
    }
  }
}
