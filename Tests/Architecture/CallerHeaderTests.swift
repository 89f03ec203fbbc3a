import Testing

/// The seed's `test_per_caller_header_audit`, in the sources.
@Suite("Per-caller header audit of the sources")
struct CallerHeaderTests {
  @Test("S0-TOK-01 whoever sends an internal token sends the caller's label, and nobody calls a role in another way")
  func project() throws {
    #expect(try Repository.sources(under: "Sources").flatMap(CallerHeaderRules.violations) == [])
  }

  @Test("S0-TOK-01 the label taken out of any one client is found")
  func removed() throws {
    let senders = try Repository.sources(under: "Sources").filter { file in
      file.name != CallerHeaderRules.describer && file.lines.contains { $0.contains("HeaderNames.internalServiceToken") }
    }
    let names = Set(senders.map(\.name))
    #expect(names.isSuperset(of: ["InternalClient", "GatewayCredentials", "HarnessStack", "SimulatorStack"]), "\(names)")
    for file in senders {
      let text = file.lines.filter { !$0.contains("HeaderNames.callerService") }.joined(separator: "\n")
      // Some have both on one line.
      let rest = text.contains("HeaderNames.internalServiceToken") ? text : text + "\nHeaderNames.internalServiceToken"
      #expect(CallerHeaderRules.violations(SourceFile(path: file.path, text: rest)).count == 1, "\(file.path)")
    }
  }

  @Test("a client of somebody's own, and one that the audit doesn't drive")
  func planted() {
    func violations(_ text: String) -> Int {
      CallerHeaderRules.violations(SourceFile(path: "Sources/Services/Wallet/Elsewhere.swift", text: text)).count
    }
    #expect(violations("let request = HTTPClientRequest(url: url)") == 1)
    #expect(violations("let client = InternalClient(http: http)") == 1)
    #expect(violations("// HTTPClientRequest(") == 0)
  }
}
