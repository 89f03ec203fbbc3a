import Composition
import Foundation
import Kernel
import TestSupport
import Testing

/// Secrets between roles change while six callers write all the time; nobody who is right is refused.
@Suite("Rotation drills of the wallet's secrets", .serialized, .timeLimit(.minutes(2)))
struct WalletRotationDrillTests {
  private static let newKey = "the-signing-key-after-this-one-0123456789"
  private static let shared = "the-token-that-everybody-had-0123456789"
  private static let previousUsed = "wallet_brand_signature_prev_key_used_total"
  private static let legacyUsed = "internal_caller_token_legacy_total"
  private static let previousTokenUsed = "internal_caller_token_prev_used_total"
  private static let strict = ["MULTI_BRAND_ENFORCEMENT": "enforce", "WALLET_BRAND_SIGNATURE_REQUIRE": "on"]

  private func identities(_ stack: RunningStack) -> [CallerLabel: DrillLoad.Identity] {
    let key = stack.settings["BRAND_SIGNING_KEY"] ?? ""
    return Dictionary(
      uniqueKeysWithValues: DrillLoad.callers.map { ($0, DrillLoad.Identity(signingKey: key, token: ownToken($0))) })
  }

  private func ownToken(_ caller: CallerLabel) -> String { "the-token-of-\(caller.rawValue)-0123456789" }

  /// The tokens of all six callers, as a deployment gives them to the wallet.
  private var ownTokens: [String: String] {
    Dictionary(uniqueKeysWithValues: DrillLoad.callers.map { ("INTERNAL_SERVICE_TOKEN_\($0.environmentSuffix)", ownToken($0)) })
  }

  @Test("S0-SIG-11 S0-SIG-12 the brand key rotates in four steps under load without one refusal; afterwards the old key is refused")
  func brandKey() async throws {
    try await RunningStack.run { stack in
      let old = stack.settings["BRAND_SIGNING_KEY"] ?? ""
      func settings(_ active: String, _ previous: String? = nil) -> [String: String] {
        var settings = Self.strict.merging(ownTokens) { $1 }
        settings["BRAND_SIGNING_KEY"] = active
        settings["BRAND_SIGNING_KEY_PREV"] = previous
        return settings
      }
      try await WalletDrill.run(on: stack, identities: identities(stack), settings: settings(old)) { drill in
        try await drill.replace(settings(old, old))
        #expect(try await drill.count(Self.previousUsed) == 0)
        try await drill.replace(settings(Self.newKey, old))
        for caller in DrillLoad.callers {
          #expect(try await drill.count(Self.previousUsed, of: caller) > 0, "\(caller)")
          try await drill.load.change([caller]) { $0.signingKey = Self.newKey }
        }
        let used = try await drill.count(Self.previousUsed)
        try await drill.load.goesOn()
        #expect(try await drill.count(Self.previousUsed) == used)
        try await drill.replace(settings(Self.newKey))
        #expect(drill.load.refused.isEmpty && drill.load.accepted > 0, "\(drill.load.refused)")
        #expect(try await drill.count("wallet_brand_signature_failed_total") == 0)
        let stale = DrillLoad.Identity(signingKey: old, token: ownToken(.recon))
        #expect(try await drill.load.deposit(as: .recon, stale, at: drill.wallet).summary == "403 brand_signature_invalid")
        #expect(try await drill.count("wallet_brand_signature_failed_total", of: .recon) == 1)
        #expect(try await drill.count(Self.previousUsed) == 0)
      }
    }
  }

  @Test("S0-SIG-15 each wallet that requires signatures refuses an unsigned write, and accepts it at once when rolled back")
  func requirement() async throws {
    try await RunningStack.run { stack in
      let strict = Self.strict.merging(ownTokens) { $1 }
      let caller = try #require(identities(stack)[.recon])
      try await WalletDrill.run(on: stack, identities: identities(stack), settings: strict) { drill in
        for _ in 0..<2 {
          let reply = try await drill.load.deposit(as: .recon, caller, at: drill.wallet, isSigned: false)
          #expect(reply.summary == "403 brand_signature_missing")
          try await drill.replace(strict)
        }
        try await drill.replace(strict.merging(["WALLET_BRAND_SIGNATURE_REQUIRE": "off"]) { $1 })
        #expect(try await drill.load.deposit(as: .recon, caller, at: drill.wallet, isSigned: false).summary == "201")
        #expect(drill.load.refused.isEmpty, "\(drill.load.refused)")
      }
    }
  }

  @Test("S0-TOK-06 S0-TOK-07 S0-TOK-08 a caller's token rotates under load, every step can be taken back, and nobody is refused")
  func callerToken() async throws {
    try await RunningStack.run { stack in
      let (old, new) = (ownToken(.recon), "the-next-token-of-recon-0123456789")
      func settings(_ active: String, _ previous: String? = nil) -> [String: String] {
        var settings = Self.strict.merging(ownTokens) { $1 }
        settings["INTERNAL_SERVICE_TOKEN_RECON"] = active
        settings["INTERNAL_SERVICE_TOKEN_RECON_PREV"] = previous
        return settings
      }
      try await WalletDrill.run(on: stack, identities: identities(stack), settings: settings(old)) { drill in
        for step in [settings(old, old), settings(old), settings(old, old), settings(new, old), settings(old, old), settings(new, old)] {
          try await drill.replace(step)
        }
        #expect(try await drill.count(Self.previousTokenUsed, of: .recon) > 0)
        for token in [new, old, new] { try await drill.load.change([.recon]) { $0.token = token } }
        let used = try await drill.count(Self.previousTokenUsed)
        try await drill.load.goesOn()
        #expect(try await drill.count(Self.previousTokenUsed) == used)
        try await drill.replace(settings(new))
        #expect(try await drill.count(Self.previousTokenUsed) == 0)
        var stale = try #require(identities(stack)[.recon])
        stale.token = old
        #expect(try await drill.load.deposit(as: .recon, stale, at: drill.wallet).reason == "caller_token_invalid")
        try await drill.replace(settings(new, old))
        #expect(try await drill.load.deposit(as: .recon, stale, at: drill.wallet).summary == "201")
        #expect(drill.load.refused.isEmpty && drill.load.accepted > 0, "\(drill.load.refused)")
      }
    }
  }

  @Test("S0-TOK-11 the shared token gives way to one per caller under load; the wallet counts who still uses it")
  func stages() async throws {
    let own = Set(CallerLabel.allCases.map { "INTERNAL_SERVICE_TOKEN_\($0.environmentSuffix)" })
    try await RunningStack.run { stack in
      let shared = identities(stack).mapValues { DrillLoad.Identity(signingKey: $0.signingKey, token: Self.shared) }
      let stageA = Self.strict.merging(["INTERNAL_SERVICE_TOKEN": Self.shared]) { $1 }
      let stageB = stageA.merging(ownTokens) { $1 }
      try await WalletDrill.run(on: stack, identities: shared, settings: stageA, without: own) { drill in
        let before = drill.load.accepted
        #expect(try await drill.count(Self.legacyUsed) >= before && before > 0, "all of it is legacy")
        try await drill.replace(stageB)
        for caller in DrillLoad.callers {
          #expect(try await drill.count(Self.legacyUsed, of: caller) > 0)
          try await drill.load.change([caller]) { $0.token = ownToken(caller) }
          let used = try await drill.count(Self.legacyUsed, of: caller)
          try await drill.load.goesOn()
          #expect(try await drill.count(Self.legacyUsed, of: caller) == used, "\(caller) has moved")
        }
        try await drill.replace(Self.strict.merging(ownTokens) { $1 })
        let late = try #require(shared[.recon])
        #expect(try await drill.load.deposit(as: .recon, late, at: drill.wallet).reason == "caller_token_invalid")
        try await drill.replace(stageB)
        #expect(try await drill.load.deposit(as: .recon, late, at: drill.wallet).summary == "201", "aborting restores it")
        #expect(drill.load.refused.isEmpty, "\(drill.load.refused)")
      }
    }
  }
}
