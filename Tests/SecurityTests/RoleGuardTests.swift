internal import HTTPTypes
internal import Kernel
internal import Platform
internal import Security
internal import Testing

@Suite struct RoleGuardTests {
  private static let key = "0123456789abcdef0123456789abcdef"
  private static let secret = "token-of-%-0123456789"
  private static let target = "/internal/wallet/deposit"

  private static func token(_ name: String) -> String { secret.replacing("%", with: name) }

  private static func headers(_ caller: String, brand: String? = "1", _ more: [(String, String)] = []) -> [(String, String)] {
    [("X-Internal-Service-Token", token(caller)), ("X-Caller-Service", caller)] + (brand.map { [("X-Brand-Id", $0)] } ?? []) + more
  }

  /// A wallet's guard, as it is put together for production, with the settings that a test is about.
  private struct Wallet {
    let metrics = TestRole.metrics(.walletService)
    let roleGuard: RoleGuard

    init(
      mode: EnforcementMode = .enforce, signatureRequired: Bool = false, active: String? = key, previous: String? = nil,
      perCallerRequired: Bool = false, replays: (any BrandSignatureReplays)? = nil
    ) throws {
      let tokens = CallerTokens(
        active: [.gateway: token("gateway"), .recon: token("recon"), .admin: token("admin")], previous: [.recon: token("recon-before")],
        legacy: token("everyone"), perCallerRequired: perCallerRequired)
      let keys = BrandSignatureKeys(active: active, previous: previous)
      let policy = BrandSignaturePolicy(
        isRequired: signatureRequired, mode: mode, environment: DeploymentEnvironment(label: "production"))
      roleGuard = RoleGuard(
        callers: CallerGuard(verifier: try CallerTokenVerifier(tokens), metrics: metrics),
        brands: BrandHeaderGuard(mode: mode, metrics: metrics),
        signatures: BrandSignatureGuard(
          keys: keys, policy: policy, replays: replays, clock: WallClock { TestKeys.now }, metrics: metrics),
        brandCode: { _ in BrandCode("default") })
    }

    func count(_ name: String, _ labels: String...) -> Int? { TestRole.value(name, labels, in: metrics) }

    func refusal(_ request: GuardedRequest) async -> Problem? {
      do {
        _ = try await roleGuard.admit(request)
        return nil
      } catch {
        return error as? Problem
      }
    }
  }

  private static func write(_ headers: [(String, String)], body: [UInt8] = [1, 2]) -> GuardedRequest {
    TestRole.request(.internalCall(brand: .required), target: target, headers: headers, body: body)
  }

  private static func signature(_ caller: CallerLabel, key: String = key, body: [UInt8] = [1, 2]) throws -> (String, String) {
    let request = BrandSignedRequest(caller: caller, brand: TestKeys.brand(1), method: "POST", target: target, body: body)
    let signer = try #require(BrandSigner(keys: BrandSignatureKeys(active: key)))
    return ("X-Brand-Signature", signer.sign(request, now: TestKeys.now))
  }

  @Test("An internal call with token and brand is admitted with its identity")
  func admitted() async throws {
    let wallet = try Wallet()
    let identity = try await wallet.roleGuard.admit(Self.write(Self.headers("recon", [try Self.signature(.recon)])))
    #expect(identity.caller == .recon)
    #expect(identity.brand == TestKeys.brand(1))
    #expect(identity.brandCode == BrandCode("default"))
    #expect(wallet.count("wallet_brand_signature_missing_total", "recon") == 0)
  }

  @Test("S0-TOK-04 S0-TOK-06 the shared and the previous token are accepted and counted, the active one isn't counted")
  func tokenCounters() async throws {
    let wallet = try Wallet()
    let name = "internal_caller_token_legacy_total"
    #expect(wallet.count(name, "wallet_service", "recon") == 0)
    #expect(await wallet.refusal(Self.write(Self.headers("recon"))) == nil)
    #expect(wallet.count(name, "wallet_service", "recon") == 0)
    for (token, counter) in [("everyone", name), ("recon-before", "internal_caller_token_prev_used_total")] {
      let headers = [("X-Internal-Service-Token", Self.token(token)), ("X-Caller-Service", "recon"), ("X-Brand-Id", "1")]
      #expect(await wallet.refusal(Self.write(headers)) == nil)
      #expect(wallet.count(counter, "wallet_service", "recon") == 1)
    }
  }

  @Test("S0-TOK-05 S0-TOK-14 S0-HARD-06 the rejected shared token and the crossed token are refused and counted")
  func tokenRefusals() async throws {
    let wallet = try Wallet(perCallerRequired: true)
    let legacy = [("X-Internal-Service-Token", Self.token("everyone")), ("X-Caller-Service", "recon"), ("X-Brand-Id", "1")]
    #expect(await wallet.refusal(Self.write(legacy))?.reason == .callerTokenInvalid)
    #expect(wallet.count("internal_caller_token_legacy_rejected_total", "wallet_service", "recon") == 1)
    let crossed = [("X-Internal-Service-Token", Self.token("admin")), ("X-Caller-Service", "recon"), ("X-Brand-Id", "1")]
    #expect(await wallet.refusal(Self.write(crossed))?.reason == .callerMismatch)
    #expect(wallet.count("internal_caller_token_mismatch_total", "wallet_service", "admin") == 1)
    let twice = Self.headers("recon") + [("X-Caller-Service", "recon")]
    #expect(await wallet.refusal(Self.write(twice))?.reason == .callerMismatch)
    let twoTokens = Self.headers("recon") + [("X-Internal-Service-Token", Self.token("recon"))]
    #expect(await wallet.refusal(Self.write(twoTokens))?.reason == .callerTokenInvalid)
  }

  @Test(
    "S0-RES-12 S0-RES-13 S0-HARD-18 no brand, or none that is one, is missing_header in enforce",
    arguments: [nil, "", "0", "-1", "abc", "1.0", "01", "+1", "1 1", "1,2", "9223372036854775808"] as [String?])
  func missingBrand(value: String?) async throws {
    let wallet = try Wallet()
    let problem = await wallet.refusal(Self.write(Self.headers("recon", brand: value)))
    #expect(problem?.reason == .missingHeader)
    #expect(problem?.detail == "Brand context required for \(Self.target)")
    #expect(wallet.count("brand_resolution_failed_total", "missing_header", "wallet_service") == 1)
  }

  @Test("S0-RES-12 in observe a missing brand is counted and the call goes on without one", arguments: [EnforcementMode.observe, .off])
  func missingBrandObserved(mode: EnforcementMode) async throws {
    let wallet = try Wallet(mode: mode)
    let identity = try await wallet.roleGuard.admit(Self.write(Self.headers("recon", brand: "0")))
    #expect(identity.brand == nil)
    #expect(wallet.count("brand_resolution_failed_total", "missing_header", "wallet_service") == 1)
  }

  @Test("A brand header that occurs twice is no brand")
  func repeatedBrand() async throws {
    let wallet = try Wallet()
    #expect(await wallet.refusal(Self.write(Self.headers("recon") + [("X-Brand-Id", "1")]))?.reason == .missingHeader)
  }

  @Test("A call about the platform needs no brand and gets none")
  func platformCall() async throws {
    let wallet = try Wallet()
    let identity = try await wallet.roleGuard.admit(
      TestRole.request(.internalCall(brand: .none), headers: Self.headers("recon", brand: "1")))
    #expect(identity.brand == nil)
    #expect(identity.caller == .recon)
  }

  @Test("S0-SIG-03 S0-SIG-04 an unsigned write is accepted with the flag off and counted for its caller")
  func unsignedOff() async throws {
    let wallet = try Wallet()
    #expect(await wallet.refusal(Self.write(Self.headers("recon"))) == nil)
    #expect(wallet.count("wallet_brand_signature_missing_total", "recon") == 1)
    #expect(wallet.count("wallet_brand_signature_missing_total", "gateway") == 0)
  }

  @Test("S0-SIG-05 an unsigned write is refused with the flag on, a read is not")
  func unsignedOn() async throws {
    let wallet = try Wallet(signatureRequired: true)
    #expect(await wallet.refusal(Self.write(Self.headers("recon")))?.reason == .brandSignatureMissing)
    let read = TestRole.request(.internalCall(brand: .required), .get, headers: Self.headers("recon"))
    #expect(await wallet.refusal(read) == nil)
  }

  @Test(
    "S0-SIG-06 a body that was tampered with is refused in enforce, counted in both modes", arguments: [EnforcementMode.enforce, .observe])
  func tampered(mode: EnforcementMode) async throws {
    let wallet = try Wallet(mode: mode)
    let request = Self.write(Self.headers("recon", [try Self.signature(.recon)]), body: [1, 3])
    #expect(await wallet.refusal(request)?.reason == (mode == .enforce ? .brandSignatureInvalid : nil))
    #expect(wallet.count("wallet_brand_signature_failed_total", "recon", "bad_signature", mode.rawValue) == 1)
  }

  @Test("S0-SVC-06 a signature made under another caller's label does not verify")
  func otherCaller() async throws {
    let wallet = try Wallet()
    let request = Self.write(Self.headers("recon", [try Self.signature(.admin)]))
    #expect(await wallet.refusal(request)?.reason == .brandSignatureInvalid)
  }

  @Test("S0-SVC-06 a caller is known by its short label alone: the long name is refused, and no counter knows it")
  func longName() async throws {
    let wallet = try Wallet()
    let headers = [
      ("X-Internal-Service-Token", Self.token("admin")), ("X-Caller-Service", "admin_service"), ("X-Brand-Id", "1"),
      try Self.signature(.admin),
    ]
    #expect(await wallet.refusal(Self.write(headers))?.reason == .callerMismatch)
    #expect(await wallet.refusal(Self.write(Self.headers("admin", [try Self.signature(.admin)]))) == nil)
    #expect(!wallet.metrics.registry.exposition(.prometheus).contains(#"="admin_service""#))
  }

  @Test("S0-SIG-10 S0-SIG-12 the outgoing key is accepted and counted, and refused once it is gone")
  func previousKey() async throws {
    let newKey = "fedcba9876543210fedcba9876543210"
    let request = Self.write(Self.headers("recon", [try Self.signature(.recon)]))
    let overlap = try Wallet(active: newKey, previous: Self.key)
    #expect(await overlap.refusal(request) == nil)
    #expect(overlap.count("wallet_brand_signature_prev_key_used_total", "recon") == 1)
    let after = try Wallet(active: newKey)
    #expect(await after.refusal(request)?.reason == .brandSignatureInvalid)
    #expect(after.count("wallet_brand_signature_prev_key_used_total", "recon") == 0)
    #expect(after.count("wallet_brand_signature_failed_total", "recon", "bad_signature", "enforce") == 1)
  }

  @Test("S0-SIG-07 a previous key alone fails closed in enforce and is counted")
  func misconfigured() async throws {
    let wallet = try Wallet(active: nil, previous: Self.key)
    #expect(await wallet.refusal(Self.write(Self.headers("recon")))?.reason == .unavailable)
    #expect(wallet.count("wallet_brand_signature_misconfigured_total", "enforce") == 1)
  }

  @Test("S0-SIG-08 S0-SIG-09 a replay is refused and counted, a silent replay cache fails closed in production")
  func replays() async throws {
    struct Answer: BrandSignatureReplays {
      let failure: BrandSignatureFailure
      func remember(_ proof: BrandSignatureProof) async throws(BrandSignatureFailure) { throw failure }
    }
    let request = Self.write(Self.headers("recon", [try Self.signature(.recon)]))
    let replayed = try Wallet(replays: Answer(failure: .replay))
    #expect(await replayed.refusal(request)?.reason == .brandSignatureInvalid)
    #expect(replayed.count("wallet_brand_signature_replay_blocked_total") == 1)
    let silent = try Wallet(replays: Answer(failure: .replayUnavailable))
    #expect(await silent.refusal(request)?.reason == .unavailable)
    #expect(silent.count("wallet_brand_signature_replay_redis_outage_total", "recon", "enforce") == 1)
  }

  @Test("Only the gateway speaks for players, and only with player and session")
  func players() async throws {
    let wallet = try Wallet()
    let player = [("X-Player-Id", "7"), ("X-Session-Id", "s-1")]
    func refusal(_ headers: [(String, String)]) async -> ProblemReason? {
      await wallet.refusal(TestRole.request(.player, .get, headers: headers))?.reason
    }
    let identity = try await wallet.roleGuard.admit(TestRole.request(.player, .get, headers: Self.headers("gateway", player)))
    #expect(identity.player == TestKeys.player(7))
    #expect(identity.session == "s-1")
    #expect(await refusal(Self.headers("recon", player)) == .forbidden)
    #expect(await refusal(Self.headers("gateway")) == .unauthenticated)
    #expect(await refusal(Self.headers("gateway", [("X-Player-Id", "0"), ("X-Session-Id", "s-1")])) == .unauthenticated)
    #expect(await refusal(Self.headers("gateway", [("X-Player-Id", "7"), ("X-Session-Id", "a:b")])) == .unauthenticated)
    #expect(await refusal(player + [("X-Brand-Id", "1")]) == .callerTokenInvalid)
  }

  @Test("Operator routes are refused where no operators come, and open ones ask nothing")
  func otherAccess() async throws {
    let wallet = try Wallet()
    #expect(await wallet.refusal(TestRole.request(.operatorWrite))?.reason == .forbidden)
    #expect(try await wallet.roleGuard.admit(TestRole.request(.open, .get)) == .anonymous)
  }
}
