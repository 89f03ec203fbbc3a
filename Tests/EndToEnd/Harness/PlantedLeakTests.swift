import TestSupport
import Testing

/// A harness that can't fail proves nothing: each of these stacks is broken on purpose.
@Suite("The two-brand harness finds what is planted", .serialized)
struct PlantedLeakTests {
  @Test("S0-E2E-06 one corrupt row stops the harness at its guard, before any check")
  func corruptRow() async throws {
    try await TwoBrandStack.run("observe") { stack in
      #expect(try await stack.seed() == 0)
      try await stack.psql("UPDATE domain_binding SET brand_id = 1 WHERE host = 'brand2.local'")
      let answer = try await stack.verify()
      #expect(answer.status == 3)
      #expect(!answer.verified)
      #expect(answer.guardFindings.count == 1)
      #expect(answer.guardFindings.allSatisfy { $0.contains("domain:agent:brand2.local") })
      #expect(answer.checks.isEmpty)
      #expect(try await stack.psql("SELECT count(*) FROM player") == "0")
      try await stack.psql(
        "UPDATE domain_binding SET brand_id = b.brand_id FROM brand AS b WHERE host = 'brand2.local' AND brand_code = 'brand2'")
      #expect(try await stack.verify().status == 0)
    }
  }

  @Test("S0-E2E-14 a host that leads to the other brand, in both stores alike, fails the checks behind the guard")
  func misdirectedHost() async throws {
    try await TwoBrandStack.run("enforce") { stack in
      #expect(try await stack.seed() == 0)
      try await stack.psql("UPDATE domain_binding SET brand_id = 1 WHERE host = 'brand2.local'")
      try await stack.redis(["SET", "domain:agent:brand2.local", #"{"brand_id":1,"agent_id":1}"#])
      let answer = try await stack.verify()
      #expect(answer.status == 3)
      #expect(answer.guardFindings == [])
      #expect(answer.checks.count == 19)
      #expect(answer.numbers("failed").isSuperset(of: [2, 4, 8, 11]))
    }
  }

  @Test("S0-E2E-25 money that one brand's bet moves on the other is found by the flows and by the books")
  func leakingMoney() async throws {
    try await TwoBrandStack.run("observe") { stack in
      #expect(try await stack.seed() == 0)
      // As the superuser's function it passes the row-level security that holds every service.
      try await stack.psql(
        """
        CREATE FUNCTION public.leak() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN UPDATE wallet.wallet_balance SET balance = balance + 1 WHERE brand_id = 1; RETURN NULL; END $$;
        CREATE TRIGGER leak AFTER INSERT ON wallet.wallet_command FOR EACH ROW WHEN (NEW.brand_id <> 1) EXECUTE FUNCTION public.leak();
        """)
      let answer = try await stack.verify()
      #expect(answer.status == 3)
      #expect(answer.guardFindings == [])
      #expect(answer.numbers("failed") == [5, 14, 18])
    }
  }
}
