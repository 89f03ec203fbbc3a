import Composition
import Kernel
import Platform
import Postgres
import Redis
import Security
import TestSupport
import Testing

@Suite("The two-brand seed")
struct TwoBrandSeedTests {
  private static let counts = """
    SELECT (SELECT count(*) FROM brand), (SELECT count(*) FROM agent), (SELECT count(*) FROM agent_brand),
      (SELECT count(*) FROM agent_setting), (SELECT count(*) FROM agent_domain), (SELECT count(*) FROM domain_binding),
      (SELECT count(*) FROM brand_config), (SELECT count(*) FROM wallet.wallet_topology), (SELECT count(*) FROM wallet.wallet_policy),
      (SELECT count(*) FROM bank), (SELECT count(*) FROM bank_card_group), (SELECT count(*) FROM bank_card),
      (SELECT count(*) FROM admin_audit)
    """

  @Test("S0-E2E-01 S0-E2E-15 run twice, the seed leaves both brands, and the second run changes nothing")
  func twice() async throws {
    try await SeedBench.run { bench in
      let first = try await bench.seed()
      #expect(!first.changedNothing)
      let counts = try await bench.database.psql(Self.counts)
      let second = try await bench.seed()
      #expect(second.changedNothing)
      #expect(second.lines.count == first.lines.count)
      #expect(try await bench.database.psql(Self.counts) == counts)
      #expect(try await bench.database.psql("SELECT count(DISTINCT brand_id), count(DISTINCT brand_code) FROM brand") == "2|2")
      let pairs = "SELECT string_agg(agent_id || ':' || brand_code, ',' ORDER BY brand_id)"
      for table in ["agent_brand", "agent_setting", "agent_domain"] {
        #expect(try await bench.database.psql("\(pairs) FROM \(table) JOIN brand USING (brand_id)") == "1:default,1:brand2")
      }
    }
  }

  @Test("S0-E2E-02 S0-E2E-03 S0-RES-02 S0-RES-03 Redis binds both hosts to agent 1 and a level host to brand2")
  func bindings() async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      #expect(try await bench.value("domain:agent:default.local") == #"{"brand_id":1,"agent_id":1}"#)
      #expect(try await bench.value("domain:agent:brand2.local") == #"{"brand_id":2,"agent_id":1}"#)
      #expect(try await bench.value("domain:level:level1.brand2.local") == #"{"brand_id":2,"level_id":1}"#)
      #expect(try await bench.database.psql("SELECT count(DISTINCT default_currency) FROM brand") == "2")
    }
  }

  @Test("S0-E2E-18 S0-CFG-05 cashback_rate is 0.05 on brand2 and the global default on default")
  func configuration() async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      let (first, second) = (try #require(BrandID(1)), try #require(BrandID(2)))
      #expect(
        try await BrandSettings.resolve("cashback_rate", brand: second, in: bench.app)
          == BrandSetting(key: "cashback_rate", value: .number("0.05"), source: .brand))
      #expect(
        try await BrandSettings.resolve("cashback_rate", brand: first, in: bench.app)
          == BrandSetting(key: "cashback_rate", value: .number("0"), source: .globalDefault))
    }
  }

  @Test("S0-E2E-04 on a stack in use the seed leaves what it finds, sets the rate anew with an audit row, and verify passes")
  func onAStackInUse() async throws {
    try await SeedBench.run { bench in
      try await bench.database.psql(
        """
        INSERT INTO agent (name) VALUES ('Old one'), ('Old two');
        INSERT INTO brand (brand_code, name, default_currency) VALUES ('brand2', 'Already here', 'GBP');
        INSERT INTO agent_brand (brand_id, agent_id, status) VALUES (1, 1, 'disabled'), (1, 2, 'enabled');
        INSERT INTO brand_config (brand_id, key, value, updated_by) VALUES (2, 'cashback_rate', '0.2', 'ops:alice');
        INSERT INTO domain_binding (host, kind, brand_id, agent_id) VALUES ('default.local', 'agent', 1, 2);
        """)
      let report = try await bench.seed()
      #expect(report.lines.contains { $0.what == "brand_config cashback_rate" && $0.outcome == .changed })
      #expect(try await bench.database.psql("SELECT name || status FROM agent WHERE agent_id = 1") == "Old oneactive")
      #expect(try await bench.database.psql("SELECT status FROM agent_brand WHERE brand_id = 1 AND agent_id = 1") == "disabled")
      #expect(try await bench.database.psql("SELECT name || default_currency FROM brand WHERE brand_code = 'brand2'") == "Already hereGBP")
      #expect(
        try await bench.database.psql("SELECT old_value, new_value FROM admin_audit WHERE action = 'BRAND_CONFIG_SET'") == "0.2|0.05")
      #expect(try await bench.value("domain:agent:default.local") == #"{"brand_id":1,"agent_id":2}"#)
      #expect(try await bench.findings() == [])
      #expect(try await bench.seed().changedNothing)
    }
  }

  @Test("the seed agent gets number 1 also where the numbering is past it, and later agents get others")
  func agentNumber() async throws {
    try await SeedBench.run { bench in
      try await bench.database.psql("SELECT nextval(pg_get_serial_sequence('cordon.agent', 'agent_id'))")
      try await bench.seed()
      try await bench.database.psql("INSERT INTO agent (name) VALUES ('Next')")
      #expect(try await bench.database.psql("SELECT count(*), min(agent_id) FROM agent") == "2|1")
    }
  }

  @Test("S0-MIG-21 local bank rows name the default brand, the card is encrypted, and none is made unless asked")
  func banks() async throws {
    try await SeedBench.run { bench in
      try await bench.seed(SeedOptions(includesLocalBanks: false))
      #expect(try await bench.database.psql("SELECT count(*) FROM bank") == "0")
      try await bench.seed()
      for table in ["bank", "bank_card_group", "bank_card"] {
        #expect(try await bench.database.psql("SELECT string_agg(brand_id::text, ',') FROM \(table)") == "1")
      }
      #expect(try await bench.database.psql("SELECT count(*) FROM agent_setting WHERE brand_id IS NULL") == "0")
      #expect(
        try await bench.database.psql(
          "SELECT position('0000 0000' IN encode(number_ciphertext, 'escape')), number_last_digits FROM bank_card")
          == "0|0042")
    }
  }

  @Test("an operator account is made only when asked for, keeps its hash, and takes a new password")
  func account() async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      #expect(try await bench.database.psql("SELECT count(*) FROM staff") == "0")
      func options(_ password: String) -> SeedOptions {
        SeedOptions(includesLocalBanks: false, account: SeedOperator(id: "demo", password: password))
      }
      try await bench.seed(options("first password"))
      let hash = try await bench.database.psql("SELECT password_hash FROM staff")
      #expect(try await bench.seed(options("first password")).changedNothing)
      #expect(try await bench.database.psql("SELECT password_hash FROM staff") == hash)
      #expect(try await !bench.seed(options("second password")).changedNothing)
      let newHash = try await bench.database.psql("SELECT password_hash FROM staff")
      #expect(try await PasswordHasher(cost: .least).verify("second password", against: newHash) == .correct)
      #expect(
        try await bench.database.psql("SELECT string_agg(action, ',' ORDER BY audit_id) FROM admin_audit WHERE resource = 'staff'")
          == "OPERATOR_CREATE,OPERATOR_PASSWORD")
    }
  }
}
