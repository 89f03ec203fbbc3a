import Kernel
import Testing

@testable import Game

@Suite("Outbound accounts read back as one brand's or nobody's")
struct OutboundAccountTests {
  @Test("the first underscore ends the brand code, whatever the account has (S0-GAME-03)")
  func firstUnderscore() throws {
    let brand2 = try #require(BrandCode("brand2"))
    #expect(OutboundAccount("brand2_alice_e2e") == .namespaced(brand2, account: "alice_e2e"))
    #expect(OutboundAccount("brand2__alice") == .namespaced(brand2, account: "_alice"))
    #expect(OutboundAccount("brand2_") == .unreadable)
    #expect(OutboundAccount("_alice") == .unreadable)
    #expect(OutboundAccount("Brand2_alice") == .unreadable)
    #expect(OutboundAccount("alice") == .rawAccount("alice"))
    #expect(OutboundAccount("brand2_al ice") == .unreadable)
    #expect(OutboundAccount("") == .unreadable)
    #expect(OutboundAccount(String(repeating: "a", count: 129)) == .unreadable)
  }

  @Test("codes that are each other's beginnings and accounts full of underscores never meet (S0-GAME-03, S0-PEN-05)")
  func adversarial() throws {
    let codes = ["a", "ab", "abc", "a0", "brand", "brand2", "brand22", "default", "z9z", "aa"]
    let accounts = ["alice", "b_alice", "2_alice", "_alice", "ab_c", "c_", "__", "2", "bc_alice", "0a_xxxxxxxxxx", "ALICE", "a.b-c"]
    var seen: [String: [String]] = [:]
    for code in codes {
      let brand = try #require(BrandCode(code))
      for account in accounts {
        let text = "\(code)_\(account)"
        // Two brands never make the same text, and each reads back as what it was made of.
        #expect(OutboundAccount(text) == .namespaced(brand, account: account))
        seen[text, default: []].append(code)
      }
    }
    #expect(seen.values.allSatisfy { $0.count == 1 })
  }

  @Test("random codes and accounts read back as what they were made of, ten thousand times (S0-GAME-03)")
  func random() throws {
    var generator = SplitMix(seed: 3)
    let letters = Array("ab01_")
    for _ in 0..<10_000 {
      let code = "a" + String((0..<generator.next() % 4).map { _ in letters[Int(generator.next() % 4)] })
      let account = String((0..<1 + generator.next() % 6).map { _ in letters[Int(generator.next() % 5)] })
      let brand = try #require(BrandCode(code))
      #expect(OutboundAccount("\(code)_\(account)") == .namespaced(brand, account: account))
    }
  }

  @Test("an alias names its brand by number, fits every provider, and is never a namespaced account (S0-GAME-17)")
  func aliases() throws {
    for number in [1, 2, 35, 36, 99_999, Int64.max] {
      let brand = try #require(BrandID(number))
      let alias = AccountAlias.make(brand, random: Array(0...31))
      #expect(OutboundAccount(alias) == .alias(brand, alias: alias))
      for profile in Providers.profiles {
        #expect(alias.utf8.count <= profile.terms.accountCharactersMax)
        #expect(alias.utf8.allSatisfy { profile.terms.accountAlphabet.allows($0) })
      }
    }
    for wrong in ["0_aaaaaaaaaa", "00_aaaaaaaaaa", "001_aaaaaaaaaa", "0A_aaaaaaaaaa", "0-1_aaaaaaaaaa", "0zzzzzzzzzzzzzz_a"] {
      #expect(OutboundAccount(wrong) == .unreadable, "\(wrong)")
    }
  }

  @Test("an account goes out as it is where it fits, in lower case where it must, and else under an alias (S0-GAME-01, S0-GAME-17)")
  func fitting() throws {
    let brand = try #require(BrandCode("default"))
    let long = String(repeating: "a", count: 32)
    for profile in Providers.profiles {
      let terms = profile.terms
      #expect(OutboundRules.account(of: "alice", brand: brand, at: terms) == "default_alice")
      #expect(OutboundRules.account(of: "Alice", brand: brand, at: terms) == (terms.name == "wc" ? "default_alice" : "default_Alice"))
      #expect(OutboundRules.account(of: "al.ice", brand: brand, at: terms) == (terms.name == "mg" ? "default_al.ice" : nil))
      #expect(OutboundRules.account(of: long, brand: brand, at: terms) == (terms.name == "mg" ? "default_\(long)" : nil))
    }
  }
}
