import Testing

/// S0-E2E-33, for the services of this release. Rolling, promotion, providers and recon have no suite because they aren't there yet.
@Suite("The inventory of suites")
struct SuiteInventoryTests {
  @Test(
    "S0-E2E-33 each shipped subject has a suite with a negative case",
    arguments: [
      ("contracts", "Tests/PlatformTests/OpenAPITests.swift", "names every reason that an operation gives"),
      ("migrations", "Tests/PostgresTests/Server/MigratorTests.swift", "a file that fails leaves nothing behind"),
      ("backfill", "Tests/Integration/Seed/BackfillVerificationTests.swift", "a table whose rows may lack a brand fails it"),
      ("gateway resolution", "Tests/GatewayTests/Role/BrandResolutionTests.swift", "a host without a binding is refused"),
      ("JWT mismatch", "Tests/GatewayTests/Role/TokenAdmissionTests.swift", "another brand's token is refused"),
      ("player registration", "Tests/PlayerTests/RegistrationTests.swift", "or without the gateway's token, nobody registers"),
      ("agent allow-list", "Tests/AdminTests/DomainTests.swift", "an agent that the brand doesn't admit gets no host"),
      ("wallet commands", "Tests/WalletTests/Rules/WalletRulesRefuseTests.swift", "A refused command has exactly one documented reason"),
      ("wallet isolation", "Tests/WalletTests/Service/WalletIsolationTests.swift", "every query refuses without a brand"),
      (
        "topology and policy", "Tests/WalletTests/Documents/WalletDocumentTests.swift",
        "A document that can't be used says which name is wrong"
      ),
      ("admin CRUD", "Tests/AdminTests/ConfigurationTests.swift", "a value that the key can't have is refused"),
      ("staff removal", "Tests/AdminTests/BackOfficeTests.swift", "no path of the removed back office answers"),
      ("logs", "Tests/PlatformTests/LogTests.swift", "fields that hold secrets or personal data are redacted"),
      ("metric labels", "Tests/PlatformTests/MetricsTests.swift", "a family keeps at most its bound of series"),
    ])
  func suites(_ subject: String, _ path: String, _ negative: String) throws {
    #expect(Recipe.exists(path), "\(subject) has no suite")
    let text = try Recipe.text(path)
    let place = try #require(text.firstRange(of: negative), "\(subject) has lost its negative case").lowerBound
    // The text stands in the title of a test, and that test is run.
    let title = try #require(text[..<place].ranges(of: "@Test(").last, "\(subject): no test has that title")
    #expect(!text[title.upperBound..<place].contains("func "), "\(subject): no test has that title")
    #expect(!text.contains(".disabled("), "\(subject) has tests that are switched off")
  }
}
