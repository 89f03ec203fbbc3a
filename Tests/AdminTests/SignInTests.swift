import Crypto
import Kernel
import Security
import TestSupport
import Testing

@Suite("Operators signing in")
struct SignInTests {
  private static let path = "/v1/admin/sessions"

  private static func addStaff(_ bench: AdminBench) async throws {
    let hash = try await PasswordHasher(cost: .least).hash("correct horse")
    try await bench.database.psql(
      """
      INSERT INTO staff (admin_id, password_hash, roles, status) VALUES
        ('ops:alice', '\(hash)', '{operator}', 'active'), ('ops:super', '\(hash)', '{operator,super}', 'active'),
        ('ops:gone', '\(hash)', '{super_admin}', 'suspended');
      INSERT INTO staff_brand (admin_id, brand_id) VALUES ('ops:alice', 2);
      """)
  }

  private static func body(_ id: String, _ password: String) -> String { #"{"admin_id":"\#(id)","password":"\#(password)"}"# }

  private static func signIn(_ bench: AdminBench, _ id: String, _ password: String = "correct horse") async throws -> AdminCall {
    try await bench.send("POST", path, as: nil, brand: nil, body: body(id, password))
  }

  private static func use(_ token: String, id: String, _ bench: AdminBench, _ method: String, _ path: String, _ body: String) async throws
    -> AdminCall
  {
    try await bench.send(
      method, path, as: nil, brand: "2", operatorID: .some(id), body: body, headers: ["authorization": "Bearer \(token)"])
  }

  @Test("a token that acts in the operator's brands alone, and an audit row")
  func ordinary() async throws {
    try await AdminBench.run { bench in
      try await Self.addStaff(bench)
      let session = try await Self.signIn(bench, "ops:alice")
      #expect(session.status == 201)
      #expect(session.text("role") == "operator" && session.integer("expires_in") == 3600)
      #expect(session.object["brand_ids"] as? [Int] == [2])
      #expect(try await bench.audit(last: 1) == ["OPERATOR_SIGN_IN|staff|ops:alice|ops:alice"])
      let token = try #require(session.text("access_token"))
      let written = try await Self.use(token, id: "ops:alice", bench, "PUT", "/v1/admin/brand-config/cashback_rate", #"{"value":0.01}"#)
      #expect(written.status == 200)
      let refused = try await Self.use(token, id: "ops:alice", bench, "PATCH", "/v1/admin/brands/2", #"{"name":"Mine"}"#)
      #expect(refused.reason == "super_admin_required")
    }
  }

  @Test("S0-ADM-27 S0-ADM-24 the role `super` among an operator's roles opens super-admin routes")
  func superAdmin() async throws {
    try await AdminBench.run { bench in
      try await Self.addStaff(bench)
      let session = try await Self.signIn(bench, "ops:super")
      #expect(session.text("role") == "super")
      #expect(session.object["brand_ids"] as? [Int] == [])
      let token = try #require(session.text("access_token"))
      let renamed = try await Self.use(token, id: "ops:super", bench, "PATCH", "/v1/admin/brands/2", #"{"name":"Renamed"}"#)
      #expect(renamed.status == 200)
    }
  }

  @Test("S0-JWT-18 S0-HARD-11 a token that HS256 signs with the admin's public key changes nothing and leaves no audit row")
  func symmetric() async throws {
    try await AdminBench.run { bench in
      let parts = try TestOperator.root.token().split(separator: ".").map(String.init)
      let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"op+jwt","kid":"\#(TestOperator.keys.signer.keyID)"}"#.utf8))
      let genuine = try #require(Base64URL.decode(parts[0]).map { String(decoding: $0, as: UTF8.self) })
      let sameType = Base64URL.encode(Array(genuine.replacing("RS256", with: "HS256").utf8))
      for head in [header, sameType] {
        let key = SymmetricKey(data: Array(TestOperator.keys.signer.publicKey.pem.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(head).\(parts[1])".utf8), using: key)
        let token = "\(head).\(parts[1]).\(Base64URL.encode(Array(code)))"
        let call = try await Self.use(token, id: "ops:root", bench, "PUT", "/v1/admin/brand-config/some_key", #"{"value":1}"#)
        #expect(call.status == 401 && call.reason == "invalid_token", "\(call.text)")
      }
      #expect(try await bench.auditCount() == 0)
      #expect(try await bench.database.psql("SELECT count(*) FROM brand_config") == "0")
    }
  }

  @Test("absent, suspended and mistyped get the same answer, and no audit row")
  func refused() async throws {
    try await AdminBench.run { bench in
      try await Self.addStaff(bench)
      for (id, password) in [("ops:nobody", "correct horse"), ("ops:gone", "correct horse"), ("ops:alice", "wrong")] {
        let call = try await Self.signIn(bench, id, password)
        #expect(call.status == 401 && call.reason == "invalid_credentials", "\(id)")
        #expect(call.object["detail"] == nil)
      }
      #expect(try await bench.auditCount() == 0)
    }
  }

  @Test("guesses are bounded per operator, whether there is such an operator or not")
  func throttled() async throws {
    try await AdminBench.run { bench in
      try await Self.addStaff(bench)
      for id in ["ops:alice", "ops:nobody"] {
        for _ in 1...10 { #expect(try await Self.signIn(bench, id, "wrong").status == 401) }
        let call = try await Self.signIn(bench, id)
        #expect(call.status == 429 && call.headers["retry-after"] == "60", "\(id)")
      }
    }
  }

  @Test("without Redis guesses can't be counted, so nobody signs in")
  func failsClosed() async throws {
    try await AdminBench.run { bench in
      try await Self.addStaff(bench)
      await bench.redisServer.crash()
      #expect(try await Self.signIn(bench, "ops:alice").status == 503)
    }
  }

  @Test("a hash of another cost is replaced at the next sign-in")
  func rehash() async throws {
    try await AdminBench.run { bench in
      let hash = try await PasswordHasher(cost: Argon2idCost(memoryKibibytes: 16, iterations: 2)).hash("correct horse")
      try await bench.database.psql("INSERT INTO staff (admin_id, password_hash, roles) VALUES ('ops:old', '\(hash)', '{operator}')")
      #expect(try await Self.signIn(bench, "ops:old").status == 201)
      #expect(try await bench.database.psql("SELECT password_hash FROM staff") != hash)
      #expect(try await Self.signIn(bench, "ops:old").status == 201)
    }
  }
}
