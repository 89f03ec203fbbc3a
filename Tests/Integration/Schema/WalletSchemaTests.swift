internal import TestSupport
internal import Testing

// brand-global: test: it tries what the schema must refuse
@Suite("Wallet tables", .serialized)
struct WalletSchemaTests {
  /// The entries go to the end of the chain that `TwoBrandRows` began.
  private static func entries(_ rows: String) -> String {
    """
    INSERT INTO wallet.wallet_ledger (brand_id, seq, prev_hash, row_hash, request_id, command, player_id, account, currency, amount,
      balance_after)
    SELECT v.b::bigint, 2 + v.n, sha256((1 + v.n)::text::bytea), sha256((2 + v.n)::text::bytea), v.r, v.c, v.p::bigint, v.a, v.e, v.m, v.l::bigint
    FROM (SELECT row_number() OVER () AS n, * FROM (VALUES \(rows)) AS given (b, r, c, p, a, e, m, l)) AS v
    """
  }

  @Test("S0-WAL-06 a ledger entry without brand is refused, and none is there")
  func ledgerHasBrand() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let insert = Self.entries("(NULL, 'request', 'deposit', 7, 'cash', 'EUR', 5, 505)")
      #expect(try await probe.answer(to: insert, as: .superuser).hasPrefix("23502 null value in column \"brand_id\""))
      #expect(try await probe.answer(to: insert, as: .app, brand: .id(1)).hasPrefix("42501 "))
      #expect(try await probe.value("SELECT count(*) FILTER (WHERE brand_id IS NULL), count(*) > 0 FROM wallet.wallet_ledger") == "0|t")
    }
  }

  @Test("entries that don't sum to zero in each currency are refused")
  func entriesBalance() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let unbalanced = [
        "(1, 'request', 'deposit', 7, 'cash', 'EUR', 5, 505)",
        "(1, 'request', 'deposit', 7, 'cash', 'EUR', 5, 505), (1, 'request', 'deposit', NULL, 'deposits', 'EUR', -4, NULL)",
        "(1, 'request', 'deposit', 7, 'cash', 'EUR', 5, 505), (1, 'request', 'deposit', NULL, 'deposits', 'USD', -5, NULL)",
      ]
      for rows in unbalanced {
        let answer = try await probe.answer(to: Self.entries(rows), as: .app, brand: .id(1))
        #expect(answer.hasPrefix("CB004 wallet_ledger: entries of request request do not sum to zero in "), "\(answer)")
      }
      let balanced = "(1, 'request', 'deposit', 7, 'cash', 'EUR', 5, 505), (1, 'request', 'deposit', NULL, 'deposits', 'EUR', -5, NULL)"
      #expect(try await probe.answer(to: Self.entries(balanced), as: .app, brand: .id(1)) == "accepted 2")
    }
  }

  @Test("an entry names a command, a player or an account of its own brand, moves something and keeps no negative balance")
  func entriesAreSound() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql + "INSERT INTO wallet.wallet_account (brand_id, account) VALUES (2, 'house');")
      let refused = [
        ("(1, 'unknown', 'deposit', 7, 'cash', 'EUR', 5, 5), (1, 'unknown', 'deposit', NULL, 'deposits', 'EUR', -5, NULL)", "23503 "),
        ("(1, 'request', 'deposit', 8, 'cash', 'EUR', 5, 5), (1, 'request', 'deposit', NULL, 'deposits', 'EUR', -5, NULL)", "23503 "),
        (
          "(1, 'request', 'deposit', 7, 'cash', 'EUR', 5, 5), (1, 'request', 'deposit', NULL, 'house', 'EUR', -5, NULL)",
          "23503 wallet_ledger: brand 1 has no account house"
        ),
        ("(1, 'request', 'deposit', 7, 'cash', 'EUR', 0, 5)", "23514 "),
        ("(1, 'request', 'deposit', 7, 'cash', 'EUR', -5, -1), (1, 'request', 'deposit', NULL, 'deposits', 'EUR', 5, NULL)", "23514 "),
        ("(1, 'request', 'deposit', 7, 'cash', 'EUR', -5, NULL), (1, 'request', 'deposit', NULL, 'deposits', 'EUR', 5, NULL)", "23514 "),
        ("(1, 'request', 'deposit', 7, 'cash', 'eur', -5, 1), (1, 'request', 'deposit', NULL, 'deposits', 'eur', 5, NULL)", "23514 "),
      ]
      for (rows, refusal) in refused {
        let answer = try await probe.answer(to: Self.entries(rows), as: .app, brand: .id(1))
        #expect(answer.hasPrefix(refusal), "\(rows): \(answer)")
      }
    }
  }

  @Test("an entry that doesn't stand on the last one, or on the one before it, is refused, and the head stays")
  func entriesAreChained() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let head = "SELECT seq, encode(row_hash, 'hex') = encode(sha256('2'), 'hex') FROM wallet.wallet_chain"
      func insert(_ first: (Int, String), _ second: (Int, String)) -> String {
        """
        INSERT INTO wallet.wallet_ledger (brand_id, seq, prev_hash, row_hash, request_id, command, player_id, account, currency, amount,
          balance_after) VALUES
          (1, \(first.0), sha256('\(first.1)'), sha256('3'), 'request', 'deposit', 7, 'cash', 'EUR', 5, 505),
          (1, \(second.0), sha256('\(second.1)'), sha256('4'), 'request', 'deposit', NULL, 'deposits', 'EUR', -5, NULL)
        """
      }
      for (first, second) in [((4, "2"), (5, "3")), ((3, "1"), (4, "3")), ((3, "2"), (5, "3")), ((3, "2"), (4, "2"))] {
        let answer = try await probe.answer(to: insert(first, second), as: .app, brand: .id(1))
        #expect(answer.hasPrefix("CB005 wallet_ledger: the entries of request request do not follow"), "\(answer)")
        #expect(try await probe.rows(head, as: .app, brand: .id(1)) == ["2|t"])
      }
      #expect(try await probe.answer(to: insert((2, "1"), (3, "2")), as: .app, brand: .id(1)).hasPrefix("23505 "))
      #expect(try await probe.answer(to: insert((3, "2"), (4, "3")), as: .app, brand: .id(1)) == "accepted 2")
    }
  }

  @Test("S0-WAL-07 the views show what every account holds, and a bucket that differs from its entries")
  func views() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      #expect(
        try await probe.rows("SELECT * FROM wallet.v_trial_balance", as: .app, brand: .id(2)) == [
          "2|EUR|brand|deposits|1|-500", "2|EUR|players|cash|1|500",
        ])
      let unbalanced = "SELECT brand_id, currency FROM wallet.v_trial_balance GROUP BY 1, 2 HAVING sum(balance) <> 0"
      #expect(try await probe.rows(unbalanced, as: .audit) == [])
      #expect(try await probe.rows("SELECT * FROM wallet.v_bucket_difference", as: .audit) == [])
      try await probe.database.psql(
        """
        UPDATE wallet.wallet_balance SET balance = 501 WHERE brand_id = 1;
        INSERT INTO wallet.wallet_balance (brand_id, player_id, bucket, currency, balance) VALUES (2, 7, 'bonus', 'EUR', 3);
        """)
      #expect(
        try await probe.rows("SELECT * FROM wallet.v_bucket_difference ORDER BY brand_id", as: .audit) == [
          "1|7|cash|EUR|501|500|1", "2|7|bonus|EUR|3|0|3",
        ])
      #expect(try await probe.rows("SELECT brand_id FROM wallet.v_bucket_difference", as: .app, brand: .id(1)) == ["1"])
    }
  }

  @Test("S0-WAL-13 S0-WAL-14 the outbox has brand_id, created_at and published_at, NULL until published, and its payload carries the brand")
  func outbox() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let waiting = """
        SELECT count(*), min(created_at) IS NOT NULL FROM wallet.wallet_outbox WHERE brand_id = 2 AND published_at IS NULL
        """
      #expect(try await probe.value(waiting, as: .audit) == "1|t")
      let publish = "UPDATE wallet.wallet_outbox SET published_at = now()"
      #expect(try await probe.answer(to: publish, as: .app, brand: .id(2)) == "accepted 1")
      #expect(try await probe.value(waiting, as: .audit) == "0|f")
      for payload in ["{}", "{\"brand_id\": 1}", "{\"brand_id\": \"2\"}", "{\"brand_id\": null}"] {
        let insert =
          "INSERT INTO wallet.wallet_outbox (brand_id, event_id, event_type, payload) VALUES (2, gen_random_uuid(), 'x', '\(payload)')"
        #expect(try await probe.answer(to: insert, as: .app, brand: .id(2)).contains("wallet_outbox_payload_brand_check"))
      }
    }
  }

  @Test(
    "S0-WAL-10 a brand has one active topology and one active policy at most, and its documents never change",
    arguments: ["topology", "policy"])
  func documents(kind: String) async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let table = "wallet.wallet_\(kind)"
      let activate = "UPDATE \(table) SET status = 'active', activated_by = 'ops:alice', activated_at = now() WHERE version = "
      let retire = "UPDATE \(table) SET status = 'retired', retired_at = now() WHERE version = 1"
      let draft = "INSERT INTO \(table) (brand_id, version, document, created_by) VALUES (1, 2, '{}', 'ops:alice')"
      let answers = try await probe.answers(
        to: [activate + "1", draft, activate + "2", retire, activate + "1", activate + "2"], as: .app, brand: .id(1))
      #expect(answers[0] == "accepted 1" && answers[1] == "accepted 1" && answers[3] == "accepted 1" && answers[5] == "accepted 1")
      #expect(answers[2].hasPrefix("23505 ") && answers[2].contains("wallet_\(kind)_one_active_idx"))
      #expect(answers[4] == "CB003 wallet_\(kind): retired does not become active")
      #expect(try await probe.rows("SELECT version, status FROM \(table) WHERE brand_id = 2") == ["1|draft"])
      #expect(try await probe.answer(to: "UPDATE \(table) SET document = '{\"a\": 1}'", as: .superuser).hasPrefix("CB003 "))
    }
  }
}
