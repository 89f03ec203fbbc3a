import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Versions of the topology and the policy")
struct WalletDocumentVersionTests {
  @Test("a topology is drafted, listed, compared, activated, and the next command works by it")
  func lifecycle() async throws {
    try await WalletBench.run { bench in
      let version = try await bench.drafted(WalletBench.wider)
      #expect(version == 2)
      #expect(try await bench.get("/internal/wallet/topology").integer("version") == 1, "a draft changes nothing")
      let list = try await bench.document("topology/versions?limit=1")
      #expect(list.rows("data").first?["version"] as? Int == 2)
      let cursor = try #require(list.text("next_cursor"))
      let rest = try await bench.document("topology/versions?limit=1&cursor=\(cursor)")
      #expect(rest.rows("data").first?["version"] as? Int == 1)
      #expect(try await bench.document("topology/versions?limit=1&cursor=\(cursor)", brand: 2).status == 400, "a cursor of another brand")
      let shown = try await bench.document("topology/versions/2")
      #expect(shown.text("status") == "draft" && shown.text("created_by") == "op-7")
      let changes = try await bench.document("topology/versions/2/diff").rows("changes").compactMap { $0["pointer"] as? String }
      #expect(changes == ["/bonus_bucket", "/buckets/2", "/deposit_bucket"])
      #expect(try await bench.document("topology/versions/2/diff?from=2").rows("changes").isEmpty)

      try await bench.deposit(100)
      let activated = try await bench.activate(2, expected: 1)
      #expect(activated.status == 200, "\(activated.text)")
      #expect(activated.integer("retired_version") == 1)
      #expect(try await bench.get("/internal/wallet/topology").integer("version") == 2)
      try await bench.deposit(30)
      #expect(try await bench.balance("cash") == 100)
      #expect(try await bench.balance("vault") == 30)
      #expect(try await bench.document("topology/versions/1").text("status") == "retired")
      try await bench.expectBalancedBooks()
    }
  }

  @Test(
    "S0-WAL-08 S0-WAL-09 S0-WAL-10 activating for one brand leaves every other brand's documents as they were",
    arguments: [
      ("topology", WalletBench.wider), ("policy", WalletBench.lenient),
    ])
  func brandLocal(kind: String, document: String) async throws {
    try await WalletBench.run { bench in
      let read = try await bench.get("/internal/wallet/\(kind)", brand: "1")
      let rows = try await bench.versions(of: 1)
      let version = try await bench.drafted(document, kind, brand: 2)
      #expect(try await bench.activate(version, kind, expected: 1, brand: 2).status == 200)
      let after = try await bench.get("/internal/wallet/\(kind)", brand: "1")
      #expect(after.integer("version") == read.integer("version"))
      #expect(after.text == read.text)
      #expect(try await bench.versions(of: 1) == rows)
      let other = try await bench.get("/internal/wallet/\(kind)", brand: "2")
      #expect(other.integer("version") == 2)
      #expect(other.text != after.text)
      // The version of brand 2 doesn't exist for brand 1.
      for tail in ["", "/diff", "/check"] { #expect(try await bench.document("\(kind)/versions/2\(tail)").status == 404) }
      #expect(try await bench.activate(2, kind, expected: 1).status == 404)
      #expect(try await bench.discard(2, kind).status == 404)
      #expect(try await bench.versions(of: 1) == rows)
    }
  }

  @Test("a document with faults is refused with the place of each, and nothing is written")
  func faults() async throws {
    try await WalletBench.run { bench in
      let rows = try await bench.versions(of: 1)
      for (document, kind, reason, pointer) in [
        ("{\(WalletBench.base),\"colour\":1}", "topology", "unknown_field", "/document/colour"),
        (WalletBench.narrower.replacing(#"["cash"]"#, with: #"["cash","x"]"#), "topology", "invalid_field", "/document/bet_order/1"),
        (#"{"limits":{"steal":{"min":1,"max":2}}}"#, "policy", "invalid_field", "/document/limits/steal"),
        (#"{"limits":{},"settle_many":"yes"}"#, "policy", "invalid_field", "/document/settle_many"),
        ("[]", "policy", "invalid_field", "/document"),
      ] {
        let call = try await bench.draft(document, kind)
        #expect(call.status == 400 && call.reason == reason, "\(call.text)")
        #expect(call.rows("errors").compactMap { $0["pointer"] as? String } == [pointer], "\(call.text)")
      }
      let anonymous = try await bench.send(
        "/internal/wallet/topology/versions", as: .admin, body: #"{"document":\#(WalletBench.wider),"operator_id":"op 7","reason":""}"#)
      #expect(anonymous.rows("errors").compactMap { $0["pointer"] as? String } == ["/operator_id", "/reason"])
      #expect(try await bench.versions(of: 1) == rows)
    }
  }

  @Test("only the admin role handles documents, and only for a brand that is named and exists")
  func callers() async throws {
    try await WalletBench.run { bench in
      let body = #"{"document":\#(WalletBench.wider),\#(WalletBench.act)}"#
      for caller in [CallerLabel.game, .gateway, .recon] {
        let written = try await bench.send("/internal/wallet/topology/versions", as: caller, body: body)
        #expect(written.reason == "forbidden")
        let listed = try await bench.send("/internal/wallet/topology/versions", method: "GET", as: caller)
        #expect(listed.reason == "forbidden")
      }
      #expect(try await bench.send("/internal/wallet/topology/versions", as: .admin, brand: nil, body: body).status == 400)
      #expect(try await bench.send("/internal/wallet/topology/versions", as: .admin, brand: "77", body: body).status == 404)
    }
  }

  @Test("a version that is no draft is not activated; a retired one comes back as a copy with a number of its own")
  func rollBack() async throws {
    try await WalletBench.run { bench in
      let (wider, unwanted) = (try await bench.drafted(WalletBench.wider), try await bench.drafted(WalletBench.wider))
      #expect(try await bench.discard(unwanted).text("status") == "retired")
      #expect(try await bench.discard(unwanted).reason == "document_closed")
      #expect(try await bench.activate(unwanted, expected: 1).reason == "document_closed")
      #expect(try await bench.activate(wider, expected: 2).reason == "document_version_conflict")
      #expect(try await bench.activate(wider, expected: 0).reason == "document_version_conflict")
      #expect(try await bench.activate(wider, expected: 1).status == 200)
      #expect(try await bench.activate(wider, expected: 1).reason == "document_version_conflict", "asked again after a lost reply")
      #expect(try await bench.activate(1, expected: 2).reason == "document_closed")
      #expect(try await bench.activate(2, expected: 2, copy: true).reason == "document_closed", "it is active already")
      let back = try await bench.activate(1, expected: 2, copy: true)
      #expect(back.status == 200, "\(back.text)")
      #expect(try await bench.get("/internal/wallet/topology").integer("version") == 4)
      #expect(try await bench.document("topology/versions/4/diff?from=1").rows("changes").isEmpty)
      #expect(try await bench.document("topology/versions/1").text("status") == "retired")
    }
  }

  @Test("each change is audited with who, why, before and after, in the transaction of the change")
  func audit() async throws {
    try await WalletBench.run { bench in
      let (first, second) = (try await bench.drafted(WalletBench.wider), try await bench.drafted(WalletBench.lenient, "policy"))
      _ = try await bench.discard(second, "policy")
      _ = try await bench.activate(first, expected: 1)
      _ = try await bench.activate(1, expected: first, copy: true)
      let rows = try await bench.database.psql(
        """
        SELECT brand_id, operator_id, action, resource, resource_key, reason, request_id IS NOT NULL,
          coalesce(old_value -> 'active' ->> 'version', old_value ->> 'status'),
          coalesce(new_value -> 'active' ->> 'version', new_value ->> 'status'),
          coalesce(new_value -> 'active', new_value) -> 'document' IS NOT NULL, new_value ->> 'copy_of'
        FROM cordon.admin_audit WHERE action LIKE 'WALLET%' ORDER BY audit_id
        """)
      #expect(
        rows.split(separator: "\n") == [
          "1|op-7|WALLET_DOCUMENT_DRAFT|wallet_topology|2|new season|t||draft|t|",
          "1|op-7|WALLET_DOCUMENT_DRAFT|wallet_policy|2|new season|t||draft|t|",
          "1|op-7|WALLET_DOCUMENT_DISCARD|wallet_policy|2|new season|t|draft|retired|t|",
          "1|op-7|WALLET_DOCUMENT_ACTIVATE|wallet_topology|2|new season|t|1|2|t|",
          "1|op-7|WALLET_DOCUMENT_ACTIVATE|wallet_topology|3|new season|t|2|3|t|1",
        ])

      try await bench.database.psql(
        """
        CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no audit'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON cordon.admin_audit FOR EACH ROW EXECUTE FUNCTION public.refuse();
        """)
      let before = try await bench.versions(of: 1)
      #expect(try await bench.draft(WalletBench.wider).status == 500)
      #expect(try await bench.activate(1, expected: 3, copy: true).status == 500)
      #expect(try await bench.versions(of: 1) == before)
    }
  }
}
