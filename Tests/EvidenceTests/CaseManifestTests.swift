import Evidence
import Kernel
import Testing

@Suite("The manifest of a case folder")
struct CaseManifestTests {
  private static let digest = String(repeating: "0a", count: 32)

  private static func manifest(
    caseID: String = "INC-7", logs: [CaseLog]? = nil,
    paths: [String] = ["README.txt", "keys/history", "ledgers/brand-1.wallet_ledger.bundle"]
  ) throws -> CaseManifest? {
    let subject = CaseManifest.Subject(
      operatorName: try #require(OperatorName("cordon.example")), caseID: caseID, by: "ops:alice", from: KeyHistoryTests.start,
      to: SampleBundle.end, preservedAt: SampleBundle.end, program: "0.1.0", commit: "unknown")
    let scope = LogScope.brand(try #require(BrandID(1)))
    let all =
      logs ?? [
        CaseLog(scope, .walletLedger, .verified, first: 1, entries: 3), CaseLog(.platform, .adminAudit, .unsigned, unsigned: 2),
      ]
    let files = try paths.map { try #require(CaseFile(path: $0, byteCount: 5, sha256: digest)) }
    return CaseManifest(subject, logs: all, files: files)
  }

  @Test("is read as it was written, and in no other spelling")
  func spelling() throws {
    let manifest = try #require(try Self.manifest())
    #expect(try CaseManifest(payload: manifest.payload) == manifest)
    for place in manifest.payload.indices {
      var changed = manifest.payload
      changed[place] ^= 1
      let read = try? CaseManifest(payload: changed)
      #expect(read != manifest, "\(place)")
      #expect(throws: (any Error).self) { try CaseManifest(payload: Array(manifest.payload[..<place])) }
    }
    #expect(throws: (any Error).self) { try CaseManifest(payload: manifest.payload + [0x20]) }
  }

  @Test(
    "names no place outside of its folder",
    arguments: ["", "/etc/passwd", "../x", "a/../b", "a/b/c", ".hidden", "a/.b", "a//b", "a b", "a\nb", "ä"])
  func places(path: String) { #expect(CaseFile(path: path, byteCount: 1, sha256: Self.digest) == nil) }

  @Test("doesn't contradict itself: no file twice or out of order, no bundle that isn't a file, no text that JSON would escape")
  func contradictions() throws {
    #expect(try Self.manifest(paths: ["keys/history", "README.txt", "ledgers/brand-1.wallet_ledger.bundle"]) == nil)
    #expect(try Self.manifest(paths: ["README.txt", "README.txt", "ledgers/brand-1.wallet_ledger.bundle"]) == nil)
    #expect(try Self.manifest(paths: ["README.txt"]) == nil)
    #expect(try Self.manifest(paths: ["ledgers/brand-1.wallet_ledger.bundle", "manifest.json"]) == nil)
    for text in ["", "a\"b", "a\\b", "a\nb", "ä", String(repeating: "x", count: 129)] {
      #expect(try Self.manifest(caseID: text) == nil, "\(text)")
    }
  }
}
