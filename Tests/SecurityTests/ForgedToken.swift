internal import Crypto
internal import FoundationEssentials
internal import Kernel
@testable internal import Security
internal import Testing

/// One token that must be refused, how it is made, and the reason that must be given.
struct ForgedToken: Sendable, CustomTestStringConvertible {
  let name: String
  let expected: TokenRefusal
  let token: @Sendable () throws -> [UInt8]

  var testDescription: String { "\(name) → \(expected.rawValue)" }

  init(_ name: String, _ expected: TokenRefusal, _ token: @escaping @Sendable () throws -> [UInt8]) {
    self.name = name
    self.expected = expected
    self.token = token
  }

  /// Correctly signed under the accepted key, with members of the header replaced by raw JSON text (nil removes one).
  static func header(_ name: String, _ expected: TokenRefusal, _ changes: [String: String?]) -> ForgedToken {
    ForgedToken(name, expected) { try signed(header: text(Self.header, changes), payload: text(Self.payload, [:])) }
  }

  /// As ``header(_:_:_:)``, for the payload.
  static func payload(_ name: String, _ expected: TokenRefusal, _ changes: [String: String?]) -> ForgedToken {
    ForgedToken(name, expected) { try signed(header: text(Self.header, [:]), payload: text(Self.payload, changes)) }
  }

  /// A genuine token's three parts, taken apart and put together differently.
  static func rearranged(
    _ name: String, _ expected: TokenRefusal, _ change: @escaping @Sendable ([String]) -> String
  ) -> ForgedToken {
    ForgedToken(name, expected) { Array(change(try genuine().split(separator: ".").map(String.init)).utf8) }
  }

  static let header = ["alg": #""RS256""#, "typ": #""at+jwt""#, "kid": #""20261121-1""#]
  static let payload = [
    "iss": #""cordon:brand:1""#, "aud": #""cordon-player""#, "sub": #""7""#, "brand_id": "1", "sid": #""s-1""#, "jti": #""j-1""#,
    "iat": "\(TestKeys.now.seconds)", "nbf": "\(TestKeys.now.seconds)", "exp": "\(TestKeys.now.seconds + 3600)",
  ]

  static func text(_ members: [String: String], _ changes: [String: String?]) -> [UInt8] {
    var members = members
    for (name, value) in changes { members[name] = value }
    let fields = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return Array("{\(fields.joined(separator: ","))}".utf8)
  }

  static func signed(header: [UInt8], payload: [UInt8], by signer: TokenSigner = TestKeys.pair.signer) throws -> [UInt8] {
    Array(try signer.compact(header: header, payload: payload).utf8)
  }

  static func genuine() throws -> String {
    try TestKeys.pair.signer.sign(TestKeys.claims(), kind: .playerAccess)
  }

  /// The classic confusion: the public key, which everyone has, as an HMAC secret.
  static func hmac(algorithm: String, key: [UInt8], digest: (SymmetricKey, [UInt8]) -> [UInt8]) -> [UInt8] {
    let header = text(Self.header, ["alg": "\"\(algorithm)\""])
    let signed = Base64URL.encode(header) + "." + Base64URL.encode(text(payload, [:]))
    let code = digest(SymmetricKey(data: key), Array(signed.utf8))
    return Array("\(signed).\(Base64URL.encode(code))".utf8)
  }

  static func hs256(key: [UInt8]) -> [UInt8] {
    hmac(algorithm: "HS256", key: key) { Array(HMAC<SHA256>.authenticationCode(for: $1, using: $0)) }
  }
}
