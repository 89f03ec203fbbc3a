import Evidence
import Kernel
import Testing

@Suite("Receipts")
struct ReceiptTests {
  /// For entry 2 of the three whose layouts are published.
  static func receipt() throws -> Receipt {
    let sample = try SampleBundle()
    let wallet = sample.wallet
    let proof = InclusionProof(index: 1, size: Int64(wallet.entries.count), node: wallet.tree.node)
    return Receipt(entry: wallet.entries[1], index: 1, hashes: proof.hashes, checkpoint: wallet.checkpoint)
  }

  @Test("a receipt holds for its entry and no other, and is read back as it is written")
  func roundTrip() throws {
    let receipt = try Self.receipt()
    let entry = try #require(receipt.extra)
    #expect(try Receipt(bytes: receipt.bytes) == receipt)
    #expect(receipt.holds(for: entry))
    #expect(!receipt.holds(for: entry + [0]) && !receipt.holds(for: []))
    let bare = Receipt(entry: nil, index: receipt.index, hashes: receipt.hashes, checkpoint: receipt.checkpoint)
    #expect(try Receipt(bytes: bare.bytes) == bare && bare.holds(for: entry))
  }

  @Test("no changed byte leaves a receipt that holds for the entry with a true signature")
  func everyByte() throws {
    let receipt = try Self.receipt()
    let entry = try #require(receipt.extra)
    Mutations(original: receipt.bytes).forEach { name, bytes in
      guard let other = try? Receipt(bytes: bytes) else { return }
      #expect(other.bytes == bytes, "\(name)")
      let isTrue =
        other.holds(for: entry) && other.extra == entry
        && (try? other.checkpoint.time(signedBy: SignedNoteTests.fixedKey(2).publicKey)) != nil
      #expect(!isTrue, "\(name)")
    }
  }

  @Test("the published receipt is what this program writes")
  func vector() throws {
    let document = try Repository.text("docs/formats/receipt.md")
    let indented = String(decoding: try Self.receipt().bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    #expect(document.contains(indented), "\(indented)")
  }
}
