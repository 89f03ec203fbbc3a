internal import Contracts
internal import Kernel
internal import Testing

@Suite struct HostileInputTests {
  private static let paths = ["/v1/players", "/v1/sessions", "/v1/sessions/refresh"]
  private static let pieces = [
    "null", "true", "0", "-1", "1e400", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"'; DROP TABLE cordon.player; --\"", "\"../../etc/passwd\"",
    "\"%00\"", "\"\u{202E}alice\"", "\"ALICE\"", "[]", "[[[[]]]]", "{}", "{\"$ne\":null}", "\"\(String(repeating: "a", count: 5000))\"",
    "\"correct horse\"", "\"alice\"", "\"a@b.co\"", "\"+4930901820\"", "\"a.b.c\"",
  ]
  private static let names = ["account", "password", "email", "phone", "refresh_token", "brand_id", "__proto__", ""]

  @Test("No hostile body is answered with a 5xx, and every refusal has a reason", arguments: [1, 2, 3] as [UInt64])
  func seeded(seed: UInt64) async throws {
    try await PlayerBench.run { bench in
      var generator = SplitMix64(seed: seed)
      for number in 0..<250 {
        let path = Self.paths[Int(generator.next() % 3)]
        let body = Self.body(&generator)
        let call = try await bench.send("POST", path, brand: Int64(1 + generator.next() % 2), body: body)
        #expect((200..<500).contains(call.status), "seed \(seed), request \(number): \(path) \(body.prefix(200)) → \(call.text)")
        #expect(call.status < 300 || call.reason.flatMap(ProblemReason.init(rawValue:)) != nil, "seed \(seed), request \(number)")
      }
      #expect(try await bench.number("SELECT count(*) FROM cordon.player WHERE account !~ '^[A-Za-z0-9][A-Za-z0-9._-]+$'") == 0)
      #expect(try await bench.register("survivor").status == 201)
      #expect(try await bench.logIn("survivor").status == 200)
    }
  }

  private static func body(_ generator: inout SplitMix64) -> String {
    let members = (0..<(generator.next() % 5)).map { _ in
      "\"\(names[Int(generator.next() % UInt64(names.count))])\":\(pieces[Int(generator.next() % UInt64(pieces.count))])"
    }
    let text = "{\(members.joined(separator: ","))}"
    switch generator.next() % 8 {
    case 0: return String(text.dropLast(Int(generator.next() % 4)))
    case 1: return text + "\u{0}"
    case 2: return pieces[Int(generator.next() % UInt64(pieces.count))]
    default: return text
    }
  }

  @Test(
    "Accounts that mean something to a database, a shell or a key are answered like unknown ones",
    arguments: ["' OR '1'='1", "alice'--", "1:alice", "session:1:*", "$(id)", "alice\\", "*", "%", "_", "älice", "аlice", "ａｌｉｃｅ"])
  func oddAccounts(account: String) async throws {
    try await PlayerBench.run { bench in
      try await bench.register()
      let call = try await bench.logIn(account, "correct horse")
      #expect(call.status == 401)
      #expect(call.reason == "invalid_credentials")
    }
  }

  @Test("A player's header that isn't the gateway's is no identity", arguments: ["", "0", "-1", "abc", "1;2", "9223372036854775808"])
  func forgedPlayer(value: String) async throws {
    try await PlayerBench.run { bench in
      let headers = [HeaderNames.playerID: value, HeaderNames.sessionID: "s-1"]
      for (method, path) in [("GET", "/v1/players/me"), ("DELETE", "/v1/sessions/current")] {
        let call = try await bench.send(method, path, headers: headers)
        #expect(call.status == 401)
        #expect(call.reason == "unauthenticated")
      }
    }
  }
}

/// Steele, Lea and Flood's generator: small, and the same numbers for the same seed everywhere.
private struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
