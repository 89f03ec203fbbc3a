import Evidence
import Foundation
import Testing

@Suite("The published bundle")
struct BundleVectorTests {
  @Test("it is what this program writes, and it is trusted by its keys")
  func vector() async throws {
    let bytes = try SampleBundle().bytes()
    let text = Data(bytes).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed]) + "\n"
    #expect(try Repository.text("docs/formats/vectors/sample.bundle.base64") == text)
    let keys = try Repository.text("docs/formats/vectors/sample.keys").split(separator: "\n").map { try VerifierKey(text: String($0)) }
    #expect(try await SampleBundle.report(bytes, Trust(keys: keys)).isVerified)
  }

  @Test("every finding and every exit status stands in the document")
  func documented() throws {
    let document = try Repository.text("docs/formats/verdicts.md")
    for code in FindingCode.allCases {
      #expect(document.contains("| `\(code.rawValue)` | \(code.verdict.rawValue) |"), "\(code)")
      #expect(document.contains(code.meaning), "\(code)")
    }
  }
}
