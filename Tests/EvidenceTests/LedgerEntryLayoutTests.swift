import Evidence
import Kernel
import Testing

@Suite("Bytes of a ledger entry")
struct LedgerEntryLayoutTests {
  static let first = LedgerEntry(
    brand: 1, seq: 1, previous: .genesis, requestID: "default:dep-1", command: "deposit",
    transaction: UUIDv7(text: "0190a000-0000-7000-8000-000000000001"), player: 7, account: "cash", currency: "EUR", amount: 500,
    balanceAfter: 500, createdAt: Timestamp(microseconds: 1_764_028_800_000_001))
  static let second = LedgerEntry(
    brand: 1, seq: 2, previous: first.hash, requestID: "default:dep-1", command: "deposit", transaction: nil, player: nil,
    account: "deposits", currency: "EUR", amount: -500, balanceAfter: nil, createdAt: Timestamp(microseconds: -1))

  @Test("an entry is read back from its bytes, and its bytes are those of the entry that is read back")
  func roundTrip() throws {
    for entry in [Self.first, Self.second] {
      let bytes = LedgerEntryLayout.bytes(of: entry)
      #expect(try LedgerEntryLayout.entry(from: bytes) == entry)
    }
  }

  @Test("the hashes are the published test vectors, which another program computed")
  func vectors() {
    #expect(Self.first.hash.description == "9e0e4f4997bf059e8a4d44561bc365d59faaf8979c310accf6ceec39cb9e7b49")
    #expect(Self.second.hash.description == "74df59de8211200978949e293332625f0f8ce6f864e037156c00cbaf880d053b")
  }

  @Test("no change of a byte, no missing and no added byte is read as the same entry")
  func everyByteCounts() {
    let bytes = LedgerEntryLayout.bytes(of: Self.first)
    for index in bytes.indices {
      for flip: UInt8 in [0x01, 0x80] {
        var changed = bytes
        changed[index] ^= flip
        let entry = try? LedgerEntryLayout.entry(from: changed)
        #expect(entry != Self.first && entry?.hash != Self.first.hash)
      }
      #expect((try? LedgerEntryLayout.entry(from: Array(bytes[..<index]))) == nil)
    }
    #expect(throws: LedgerLayoutFault.self) { try LedgerEntryLayout.entry(from: bytes + [0]) }
  }

  @Test("fields that share their characters don't share their bytes")
  func fieldsAreApart() {
    func entry(_ requestID: String, _ command: String) -> LedgerEntry {
      LedgerEntry(
        brand: 1, seq: 1, previous: .genesis, requestID: requestID, command: command, transaction: nil, player: nil, account: "house",
        currency: "EUR", amount: 1, balanceAfter: nil, createdAt: Timestamp(microseconds: 0))
    }
    #expect(entry("ab", "c").hash != entry("a", "bc").hash)
    #expect(entry("", "abc").hash != entry("abc", "").hash)
  }

  @Test("an entry follows its head only in its place, on its predecessor and with its own hash")
  func chain() throws {
    let head = try LedgerHead.empty.following(Self.first, claimed: Self.first.hash)
    #expect(try head.following(Self.second, claimed: Self.second.hash).seq == 2)
    #expect(throws: LedgerChainFault.gap(expected: 1, found: 2)) { try LedgerHead.empty.following(Self.second, claimed: Self.second.hash) }
    #expect(throws: LedgerChainFault.brokenLink(seq: 2)) {
      try LedgerHead(seq: 1, hash: .genesis).following(Self.second, claimed: Self.second.hash)
    }
    #expect(throws: LedgerChainFault.wrongHash(seq: 2)) { try head.following(Self.second, claimed: Self.first.hash) }
  }
}
