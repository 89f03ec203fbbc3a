import Audit
import Composition
import Kernel
import Logging
import Postgres
import TestSupport
import Testing

@Suite("Approvals")
struct ApprovalTests {
  private static let subject = "test.example 00"

  private struct Bench: Sendable {
    let database: TestDatabase
    let app: Database

    static func run(_ body: (Bench) async throws -> Void) async throws {
      try await TestDatabase.lease { database in
        var configuration = try DatabaseConfiguration(url: database.url, poolSizeMax: 8)
        configuration.defaultDeadline = .seconds(60)
        let app = Database(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await body(Bench(database: database, app: app))
        await app.close()
      }
    }
  }

  private func act(_ person: String) throws -> OperatorAct { try #require(OperatorAct(operatorID: person, reason: "a test")) }

  private func refused(_ kind: OperationRefused.Kind, _ body: () async throws -> Void) async {
    let refusal = await #expect(throws: OperationRefused.self) { try await body() }
    #expect(refusal?.kind == kind, "\(refusal.map { "\($0)" } ?? "")")
  }

  @Test("S1-APR-02 S1-APR-04 S1-APR-05 a request is approved by another person, used once for what it says, and each step is audited")
  func life() async throws {
    try await Bench.run { bench in
      let approvals = ApprovalOperations(database: bench.app)
      let id = try await approvals.request(.signingKeyRotation, Self.subject, for: .seconds(60), by: act("alice"))
      #expect(try await approvals.one(id).refusal(of: .signingKeyRotation, Self.subject)?.contains("second person") == true)
      await refused(.conflict) { try await approvals.approve(id, by: act("Alice ")) }
      await refused(.notFound) { try await approvals.approve(UUIDv7.next(), by: act("bob")) }
      try await approvals.approve(id, by: act("bob"))
      await refused(.conflict) { try await approvals.approve(id, by: act("carol")) }
      await refused(.conflict) { try await approvals.reject(id, by: act("carol")) }
      let approved = try await approvals.one(id)
      #expect(approved.refusal(of: .signingKeyRotation, Self.subject) == nil)
      #expect(approved.refusal(of: .signingKeyRotation, "test.example 01") != nil)
      #expect(approved.decidedBy == "bob")

      // Twice at once: one of them.
      let uses = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 {
          group.addTask {
            do {
              try await bench.app.withPlatform { transaction in
                try await ApprovalStore.append(.used, to: id, by: "alice", reason: "a test", transaction)
              }
              return true
            } catch let error as PostgresError where error.sqlState?.description == "CB008" {
              return false
            }
          }
        }
        return try await group.reduce(0) { $1 ? $0 + 1 : $0 }
      }
      #expect(uses == 1)
      #expect(try await approvals.one(id).state == .used)

      let rejected = try await approvals.request(.signingKeyRotation, Self.subject, for: .seconds(60), by: act("alice"))
      try await approvals.reject(rejected, by: act("alice"))
      await refused(.conflict) { try await approvals.approve(rejected, by: act("bob")) }
      let actions = try await bench.database.psql(
        "SELECT string_agg(action, ' ' ORDER BY seq) FROM cordon.admin_audit WHERE brand_id IS NULL")
      #expect(actions == "APPROVAL_REQUEST APPROVAL_APPROVE APPROVAL_REQUEST APPROVAL_REJECT")
    }
  }

  @Test("S1-APR-06 C-55 an approval ends by itself, approved or not, and that is written down; none lives for more than a day")
  func expiry() async throws {
    try await Bench.run { bench in
      let approvals = ApprovalOperations(database: bench.app)
      let open = try await approvals.request(.signingKeyRotation, Self.subject, for: .seconds(1), by: act("alice"))
      let approved = try await approvals.request(.signingKeyRotation, Self.subject, for: .seconds(1), by: act("alice"))
      try await approvals.approve(approved, by: act("bob"))
      try await eventually("both are over") {
        let states = [try await approvals.one(open).state, try await approvals.one(approved).state]
        return states == [.expired, .expired]
      }
      await refused(.conflict) { try await approvals.approve(open, by: act("bob")) }
      for event in [Approval.State.used, .approved] {
        let late = await #expect(throws: PostgresError.self) {
          try await bench.app.withPlatform { try await ApprovalStore.append(event, to: approved, by: "x", reason: "late", $0) }
        }
        #expect(late?.sqlState?.description == "CB008")
      }
      #expect(try await approvals.all().map(\.state) == [.expired, .expired])
      #expect(try await approvals.all().count == 2)
      let rows = try await bench.database.psql("SELECT count(*) FROM cordon.delegated_approval WHERE event = 'expired'")
      #expect(rows == "2")
      let long = await #expect(throws: PostgresError.self) {
        _ = try await approvals.request(.signingKeyRotation, Self.subject, for: .seconds(25 * 3600), by: act("alice"))
      }
      #expect(long?.sqlState?.description == "CB008")
    }
  }

  @Test("S1-APR-07 a step can't be added out of order, for something else, or in another's name")
  func forged() async throws {
    try await Bench.run { bench in
      let approvals = ApprovalOperations(database: bench.app)
      let id = try await approvals.request(.signingKeyRotation, Self.subject, for: .seconds(60), by: act("alice"))
      let copy =
        "SELECT approval_id, '%', action, subject, 'bob', 'x', expires_at FROM cordon.delegated_approval WHERE approval_id = '\(id)'"
      // Written this way, it is no statement before its rows are in it.
      let table = "cordon.delegated_approval (approval_id, event, action, subject, operator_id, reason, expires_at)"
      for (what, statement) in [
        ("used before it was approved", copy.replacing("%", with: "used")),
        ("for something else", copy.replacing("%", with: "approved").replacing("action, subject", with: "action, 'other'")),
        ("for longer", copy.replacing("%", with: "approved").replacing("expires_at FROM", with: "expires_at + interval '1 hour' FROM")),
        ("by who asked", copy.replacing("%", with: "approved").replacing("'bob'", with: "' ALICE'")),
        ("asked for again", copy.replacing("%", with: "requested")),
        ("from nowhere", "SELECT gen_random_uuid(), 'approved', 'a', 'b', 'bob', 'x', now() + interval '1 hour'"),
      ] {
        let refusal = await #expect(throws: (any Error).self, "\(what)") {
          try await bench.database.psql(["INSERT", "INTO", table, statement].joined(separator: " "))
        }
        #expect("\(refusal.map { "\($0)" } ?? "")".contains("approval "), "\(what)")
      }
    }
  }
}
