internal import Kernel
internal import Security
internal import Testing

@Suite struct CallerTokenTests {
  private static func token(_ name: String) -> String { "token-of-\(name)-0123456789" }

  private static func verifier(required: Bool = false, legacy: Bool = true) throws -> CallerTokenVerifier {
    try CallerTokenVerifier(
      CallerTokens(
        active: Dictionary(uniqueKeysWithValues: CallerLabel.allCases.filter { $0 != .agent }.map { ($0, token($0.rawValue)) }),
        previous: [.game: token("game-before")], legacy: legacy ? token("everyone") : nil, perCallerRequired: required))
  }

  @Test("S0-TOK-02 every configured caller is known by its own token", arguments: CallerLabel.allCases.filter { $0 != .agent })
  func active(caller: CallerLabel) throws {
    let verified = try Self.verifier().verify(token: Self.token(caller.rawValue), claimed: caller.rawValue)
    #expect(verified.label == caller)
    #expect(verified.source == .active)
  }

  @Test("S0-TOK-09 the source of the match is reported: active, previous, legacy")
  func sources() throws {
    let verifier = try Self.verifier()
    #expect(try verifier.verify(token: Self.token("game"), claimed: "game").source == .active)
    #expect(try verifier.verify(token: Self.token("game-before"), claimed: "game").source == .previous)
    #expect(try verifier.verify(token: Self.token("everyone"), claimed: "game").source == .legacy)
  }

  @Test("S0-TOK-14 a caller's token under another caller's name is refused, for every pair")
  func crossed() throws {
    let verifier = try Self.verifier()
    for owner in CallerLabel.allCases where owner != .agent {
      for claimed in CallerLabel.allCases where claimed != owner {
        #expect(throws: CallerTokenRefusal.callerMismatch(owner: owner)) {
          try verifier.verify(token: Self.token(owner.rawValue), claimed: claimed.rawValue)
        }
      }
      for claimed in ["\(owner.rawValue)_service", owner.rawValue.uppercased(), "", " \(owner.rawValue)"] {
        #expect(throws: CallerTokenRefusal.callerMismatch(owner: owner)) {
          try verifier.verify(token: Self.token(owner.rawValue), claimed: claimed)
        }
      }
    }
  }

  @Test("The token decides: without the header it says who calls; the shared token can't")
  func withoutHeader() throws {
    let verifier = try Self.verifier()
    #expect(try verifier.verify(token: Self.token("recon"), claimed: nil).label == .recon)
    for claimed in [nil, "", "recon_service", "nobody"] as [String?] {
      #expect(throws: CallerTokenRefusal.callerMissing) { try verifier.verify(token: Self.token("everyone"), claimed: claimed) }
    }
  }

  @Test("S0-TOK-05 the shared token is refused once per-caller tokens are required")
  func legacyRejected() throws {
    let verifier = try Self.verifier(required: true)
    #expect(throws: CallerTokenRefusal.legacyRejected(caller: .game)) {
      try verifier.verify(token: Self.token("everyone"), claimed: "game")
    }
    _ = try verifier.verify(token: Self.token("game"), claimed: "game")
  }

  @Test("S0-TOK-10 with the shared token alone every caller is accepted; S0-TOK-13 removed, none is")
  func stages() throws {
    let stageA = try CallerTokenVerifier(CallerTokens(legacy: Self.token("everyone")))
    for caller in CallerLabel.allCases {
      #expect(try stageA.verify(token: Self.token("everyone"), claimed: caller.rawValue).source == .legacy)
    }
    let afterStageC = try Self.verifier(legacy: false)
    #expect(throws: CallerTokenRefusal.tokenUnknown) { try afterStageC.verify(token: Self.token("everyone"), claimed: "game") }
  }

  @Test("An unconfigured caller, a wrong token and none at all are refused (C-03)")
  func refused() throws {
    let verifier = try Self.verifier()
    for token in [Self.token("agent"), Self.token("game") + "0", String(Self.token("game").dropLast()), Self.token("game").uppercased()] {
      #expect(throws: CallerTokenRefusal.tokenUnknown) { try verifier.verify(token: token, claimed: "game") }
    }
    for token in [nil, ""] as [String?] {
      #expect(throws: CallerTokenRefusal.tokenMissing) { try verifier.verify(token: token, claimed: "game") }
    }
  }

  @Test("A rotation's first step, both settings alike, is no fault; two callers alike are")
  func configuration() throws {
    let same = Self.token("game")
    let verifier = try CallerTokenVerifier(CallerTokens(active: [.game: same], previous: [.game: same]))
    #expect(try verifier.verify(token: same, claimed: "game").source == .active)
    #expect(throws: CallerTokenFault.shared(setting: "INTERNAL_SERVICE_TOKEN_GAME", other: "INTERNAL_SERVICE_TOKEN_ADMIN")) {
      try CallerTokenVerifier(CallerTokens(active: [.game: same, .admin: same]))
    }
    #expect(throws: CallerTokenFault.shared(setting: "INTERNAL_SERVICE_TOKEN", other: "INTERNAL_SERVICE_TOKEN_GAME")) {
      try CallerTokenVerifier(CallerTokens(active: [.game: same], legacy: same))
    }
    #expect(throws: CallerTokenFault.tooShort(setting: "INTERNAL_SERVICE_TOKEN_GAME")) {
      try CallerTokenVerifier(CallerTokens(active: [.game: "short"]))
    }
    #expect(throws: CallerTokenFault.previousWithoutActive(.game)) {
      try CallerTokenVerifier(CallerTokens(previous: [.game: same]))
    }
  }

  @Test("S0-SVC-05 process names, short labels and environment suffixes are the fixed table")
  func labels() {
    let table: [(ServiceRole, String, String, String)] = [
      (.gateway, "gateway", "gateway", "GATEWAY"), (.adminService, "admin_service", "admin", "ADMIN"),
      (.agentService, "agent_service", "agent", "AGENT"), (.gameService, "game_service", "game", "GAME"),
      (.promotionService, "promotion_service", "promotion", "PROMOTION"), (.reconService, "recon_service", "recon", "RECON"),
      (.rollingService, "rolling_service", "rolling", "ROLLING"), (.playerService, "player_service", "player", "PLAYER"),
    ]
    for (role, process, label, suffix) in table {
      #expect(role.processName == process)
      #expect(role.caller?.rawValue == label)
      #expect(role.caller?.environmentSuffix == suffix)
    }
  }
}
