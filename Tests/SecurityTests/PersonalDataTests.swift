internal import Foundation
internal import Kernel
internal import Security
internal import Testing

@Suite struct PersonalDataTests {
  private static let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
  private static let otherKey = Data((1...32).map { UInt8($0) }).base64EncodedString()
  private let brand = TestKeys.brand(1)
  private let player = TestKeys.player(7)

  private func cipher() throws -> PersonalDataCipher { try PersonalDataCipher(currentKey: Self.key, currentKeyID: "pii-1") }

  @Test("S0-PLY-07 what is stored opens again and shows nothing of the contact")
  func roundTrip() throws {
    let cipher = try cipher()
    for text in ["", "alice@example.com", "+49 30 901820", String(repeating: "x", count: 1024)] {
      let stored = try cipher.seal(text, field: .contact, brand: brand, player: player)
      #expect(try cipher.open(stored, field: .contact, brand: brand, player: player) == text)
      if text.count > 3 { #expect(!String(decoding: stored, as: UTF8.self).contains(text.prefix(4))) }
    }
    let twice = try (0..<2).map { _ in try cipher.seal("same", field: .contact, brand: brand, player: player) }
    #expect(twice[0] != twice[1])
  }

  @Test("A ciphertext opens only in its own place")
  func bound() throws {
    let cipher = try cipher()
    let stored = try cipher.seal("alice@example.com", field: .contact, brand: brand, player: player)
    #expect(throws: PersonalDataFault.notAuthentic) { try cipher.open(stored, field: .contact, brand: TestKeys.brand(2), player: player) }
    #expect(throws: PersonalDataFault.notAuthentic) { try cipher.open(stored, field: .contact, brand: brand, player: TestKeys.player(8)) }
  }

  @Test("No byte can be changed unnoticed")
  func everyByte() throws {
    let cipher = try cipher()
    let stored = try cipher.seal("alice@example.com", field: .contact, brand: brand, player: player)
    for place in stored.indices {
      var changed = stored
      changed[place] ^= 1
      #expect(throws: PersonalDataFault.self) { try cipher.open(changed, field: .contact, brand: brand, player: player) }
    }
    for count in 0..<stored.count {
      #expect(throws: PersonalDataFault.self) {
        try cipher.open(Array(stored.prefix(count)), field: .contact, brand: brand, player: player)
      }
    }
  }

  @Test("After a rotation old rows open with the earlier key and new ones are written with the current one")
  func rotation() throws {
    let old = try cipher().seal("old", field: .contact, brand: brand, player: player)
    let rotated = try PersonalDataCipher(currentKey: Self.otherKey, currentKeyID: "pii-2", earlierKeys: ["pii-1": Self.key])
    #expect(try rotated.open(old, field: .contact, brand: brand, player: player) == "old")
    let new = try rotated.seal("new", field: .contact, brand: brand, player: player)
    #expect(throws: PersonalDataFault.unknownKey("pii-2")) { try cipher().open(new, field: .contact, brand: brand, player: player) }
  }

  @Test("Keys of another size or form are refused", arguments: ["", "AAAA", Data(count: 31).base64EncodedString(), "not base64 at all!"])
  func badKeys(text: String) {
    #expect(throws: PersonalDataFault.keyInvalid) { try PersonalDataCipher(currentKey: text, currentKeyID: "pii-1") }
    #expect(throws: PersonalDataFault.keyInvalid) { try PersonalDataCipher(currentKey: Self.key, currentKeyID: "") }
  }

  @Test("S0-PLY-07 without keys nothing is stored and nothing is read, and each attempt is counted")
  func unconfigured() throws {
    let metrics = TestRole.metrics(.playerService)
    let vault = PersonalDataVault(cipher: nil, metrics: metrics)
    #expect(TestRole.value("pii_aes_unconfigured_total", ["player_service", "encrypt"], in: metrics) == 0)
    #expect(throws: PersonalDataFault.unconfigured) { try vault.seal("x", field: .contact, brand: brand, player: player) }
    #expect(throws: PersonalDataFault.unconfigured) { try vault.open([1], field: .contact, brand: brand, player: player) }
    #expect(TestRole.value("pii_aes_unconfigured_total", ["player_service", "encrypt"], in: metrics) == 1)
    #expect(TestRole.value("pii_aes_unconfigured_total", ["player_service", "decrypt"], in: metrics) == 1)
  }
}
