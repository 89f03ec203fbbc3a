import Kernel
import Platform
import Testing

@Suite("Each role holds its own secrets only")
struct KeyScopeTests {
  @Test("S0-JWT-03 private keys reach the issuers alone, public keys every verifier", arguments: ServiceRole.allCases)
  func privateKeys(role: ServiceRole) throws {
    let pem = "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----"
    let input = [
      "CORDON_ENV": "test", "JWT_PRIVATE_KEY": pem, "ADMIN_JWT_PRIVATE_KEY": pem, "JWT_PUBLIC_KEYS": #"{"20261121-1":"x"}"#,
      "AES_PII_KEY_CURRENT": "key", "DATABASE_URL": "postgresql://cordon_app@localhost/cordon",
    ]
    // All roles in one process, as `cordon up` runs them, is where a role could see another's key.
    let whole = try ConfigurationLoader.load(roles: ServiceRole.allCases, flags: [:], environment: input)
    #expect(whole.text(Settings.jwtPrivateKey) != nil)
    let own = whole.scoped(to: role)
    #expect((own.text(Settings.jwtPrivateKey) != nil) == (role == .playerService))
    #expect((own.text(Settings.adminJWTPrivateKey) != nil) == (role == .adminService))
    #expect((own.text(Settings.personalDataKey) != nil) == (role == .playerService))
    #expect(own.text(Settings.jwtPublicKeys) != nil)
    #expect(own.text(Settings.databaseURL) != nil)
  }
}
