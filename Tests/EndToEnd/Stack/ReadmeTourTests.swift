import Foundation
import TestSupport
import Testing

/// The README's tour, run as it is written. Only the places differ: the stack of a test has ports and a directory of its own.
@Suite("The README", .serialized)
struct ReadmeTourTests {
  /// The shell lines of the section, in their order.
  private static func commands(of section: String) throws -> String {
    let text = try Recipe.text("README.md")
    let part = try #require(text.range(of: "## \(section)\n")).upperBound
    let end = text.range(of: "\n## ", range: part..<text.endIndex)?.lowerBound ?? text.endIndex
    return text[part..<end].split(separator: "```", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) == false && $0.element.hasPrefix("sh\n") }.map { String($0.element.dropFirst(3)) }
      .joined(separator: "\n")
  }

  @Test("The five minutes work as written: two brands, one name, and a token that is good on its own brand alone")
  func tour() async throws {
    try await TwoBrandStack.run("enforce") { stack in
      #expect(try await stack.seed() == 0)
      var script = "shopt -s expand_aliases\nset -e\n" + (try Self.commands(of: "Five minutes"))
      for (written, setting) in [("localhost:8080", "CORDON_GATEWAY_URL"), ("localhost:8082", "CORDON_WALLET_SERVICE_URL")] {
        script = script.replacing(written, with: try stack.setting(setting).replacing("http://", with: ""))
      }
      script = script.replacing(".build/debug/cordon", with: CordonProgram.path).replacing(".cordon/cordon.env", with: stack.configuration)
        .replacing(".cordon/signing.key", with: try stack.setting("SIGNING_KEY_FILE"))
      let run = try await ShellRun.run(script)
      #expect(run.status == 0, "\(run.output)")
      #expect(run.output.contains(#""brand_code":"default""#) && run.output.contains(#""brand_code":"brand2""#))
      #expect(run.output.split(separator: #""account":"walker""#, omittingEmptySubsequences: false).count == 3)
      #expect(run.output.contains(#""currency":"EUR""#) && run.output.contains(#""total":0"#))
      #expect(run.output.contains("jwt_domain_mismatch"))
      #expect(run.output.contains("wallet.wallet_ledger"))
      #expect(run.output.contains("integrity"), "\(run.output.suffix(2000))")
    }
  }
}
