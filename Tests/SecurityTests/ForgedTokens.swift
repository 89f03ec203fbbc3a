internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import Kernel
@testable internal import Security

/// The tokens that every verifier has to refuse, in the order of ``TokenRefusal``.
enum ForgedTokens {
  static let all: [ForgedToken] = form + encoding + headers + algorithms + kinds + keys + signatures + payloads + identities + times

  private static let now = TestKeys.now.seconds

  private static let form: [ForgedToken] = [
    ForgedToken("longer than any token", .tooLong) { [UInt8](repeating: 0x41, count: TokenVerifier.tokenBytesMax + 1) },
    ForgedToken("nothing", .notCompact) { [] },
    ForgedToken("one dot", .notCompact) { Array(".".utf8) },
    ForgedToken("two dots", .notCompact) { Array("..".utf8) },
    .rearranged("two parts", .notCompact) { "\($0[0]).\($0[1])" },
    .rearranged("no signature (RFC 7519 section 6)", .notCompact) { "\($0[0]).\($0[1])." },
    .rearranged("no header", .notCompact) { ".\($0[1]).\($0[2])" },
    .rearranged("no payload", .notCompact) { "\($0[0])..\($0[2])" },
    .rearranged("a trailing dot", .notCompact) { "\($0[0]).\($0[1]).\($0[2])." },
    .rearranged("two signatures", .notCompact) { "\($0[0]).\($0[1]).\($0[2]).\($0[2])" },
    .rearranged("the five parts of an encrypted token", .notCompact) { "\($0[0]).\($0[1]).\($0[1]).\($0[1]).\($0[2])" },
    .rearranged("the JSON form", .notCompact) { #"{"protected":"\#($0[0])","payload":"\#($0[1])","signature":"\#($0[2])"}"# },
  ]

  private static let encoding: [ForgedToken] = [
    .rearranged("padding", .encoding) { "\($0[0]).\($0[1]).\($0[2])==" },
    .rearranged("a space before", .encoding) { " \($0[0]).\($0[1]).\($0[2])" },
    .rearranged("a line break after", .encoding) { "\($0[0]).\($0[1]).\($0[2])\n" },
    .rearranged("the other alphabet's plus", .encoding) { "\($0[0]).\($0[1]).+\($0[2].dropFirst())" },
    .rearranged("the other alphabet's slash", .encoding) { "\($0[0]).\($0[1]).\($0[2].dropLast())/" },
    .rearranged("an impossible length", .encoding) { "\($0[0]).\(oneMore($0[1])).\($0[2])" },
    // 256 bytes end in a character with four unused bits; this spelling of the same signature sets one.
    .rearranged("unused bits that are set", .encoding) { "\($0[0]).\($0[1]).\($0[2].dropLast())\(nextSpelling($0[2]))" },
    .rearranged("a NUL", .encoding) { "\($0[0]).\($0[1]).\u{0}\($0[2].dropFirst())" },
    .rearranged("a percent escape", .encoding) { "\($0[0]).\($0[1]).%41\($0[2].dropFirst(3))" },
    .rearranged("letters beyond ASCII", .encoding) { "\($0[0]).\($0[1]).é\($0[2].dropFirst())" },
  ]

  private static func oneMore(_ part: String) -> String {
    var part = part
    while part.utf8.count % 4 != 1 { part += "A" }
    return part
  }

  private static func nextSpelling(_ part: String) -> Character {
    switch part.last {
    case "A": "B"
    case "Q": "R"
    case "g": "h"
    default: "x"
    }
  }

  private static let headers: [ForgedToken] = [
    ForgedToken("a header that is no JSON", .headerMalformed) { try .signedToken(header: "RS256") },
    ForgedToken("a header that is a list", .headerMalformed) { try .signedToken(header: #"[{"alg":"RS256"}]"#) },
    ForgedToken("alg twice", .headerMalformed) {
      try .signedToken(header: #"{"alg":"RS256","typ":"at+jwt","kid":"20261121-1","alg":"none"}"#)
    },
    ForgedToken("alg twice, once escaped", .headerMalformed) {
      try .signedToken(header: #"{"alg":"RS256","typ":"at+jwt","kid":"20261121-1","\u0061lg":"RS256"}"#)
    },
    ForgedToken("a comment in the header", .headerMalformed) {
      try .signedToken(header: #"{"alg":"RS256","typ":"at+jwt","kid":"20261121-1"/**/}"#)
    },
    ForgedToken("a second object after the header", .headerMalformed) {
      try .signedToken(header: #"{"alg":"RS256","typ":"at+jwt","kid":"20261121-1"}{}"#)
    },
    .header("crit naming nothing", .headerMember, ["crit": "[]"]),
    .header("crit naming exp", .headerMember, ["crit": #"["exp"]"#, "exp": "\(now + 60)"]),
    .header("b64=false", .headerMember, ["b64": "false", "crit": #"["b64"]"#]),
    .header("zip", .headerMember, ["zip": #""DEF""#]),
    .header("jku", .headerMember, ["jku": #""https://attacker.example/keys""#]),
    .header("x5u", .headerMember, ["x5u": #""https://attacker.example/chain""#]),
    .header("x5c", .headerMember, ["x5c": #"["MIIB"]"#]),
    .header("x5t", .headerMember, ["x5t": #""AAAA""#]),
    .header("cty", .headerMember, ["cty": #""JWT""#]),
    ForgedToken("a key of the attacker's own in jwk", .headerMember) {
      let header = ForgedToken.text(ForgedToken.header, ["jwk": #"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#])
      return try ForgedToken.signed(
        header: header, payload: ForgedToken.text(ForgedToken.payload, [:]), by: TestKeys.otherPair.signer)
    },
  ]

  private static let algorithms: [ForgedToken] =
    ["none", "None", "NONE", "nOnE", "HS256", "HS384", "HS512", "RS384", "RS512", "RS1", "PS256", "ES256", "EdDSA", "rs256", "RS256 ", ""]
    .map {
      .header("alg \"\($0)\"", .algorithm, ["alg": "\"\($0)\""])
    } + [
      .header("no alg", .algorithm, ["alg": nil as String?]),
      .header("alg null", .algorithm, ["alg": "null"]),
      .header("alg as a list", .algorithm, ["alg": #"["RS256"]"#]),
      .header("alg as a number", .algorithm, ["alg": "256"]),
      ForgedToken("HS256 with the PEM text as the secret", .algorithm) { ForgedToken.hs256(key: Array(publicPEM.utf8)) },
      ForgedToken("HS256 with the PEM text and a line break as the secret", .algorithm) {
        ForgedToken.hs256(key: Array((publicPEM + "\n").utf8))
      },
      ForgedToken("HS256 with the DER bytes as the secret", .algorithm) { ForgedToken.hs256(key: publicDER) },
      ForgedToken("HS256 with the modulus as the secret", .algorithm) { ForgedToken.hs256(key: TestKeys.modulus) },
      ForgedToken("HS256 with no secret", .algorithm) { ForgedToken.hs256(key: []) },
      ForgedToken("HS512 with the PEM text as the secret", .algorithm) {
        ForgedToken.hmac(algorithm: "HS512", key: Array(publicPEM.utf8)) { Array(HMAC<SHA512>.authenticationCode(for: $1, using: $0)) }
      },
      .rearranged("none with an empty object as the signature", .algorithm) {
        "\(Base64URL.encode(ForgedToken.text(ForgedToken.header, ["alg": #""none""#]))).\($0[1]).e30"
      },
    ]

  private static let publicPEM = TestKeys.pair.signer.publicKey.pem
  private static let publicDER: [UInt8] =
    (try? _RSA.Signing.PublicKey(pemRepresentation: publicPEM)).map { Array($0.derRepresentation) } ?? []

  private static let kinds: [ForgedToken] = [
    .header("typ JWT", .type, ["typ": #""JWT""#]),
    .header("no typ", .type, ["typ": nil as String?]),
    .header("typ in capitals", .type, ["typ": #""AT+JWT""#]),
    .header("typ as a media type", .type, ["typ": #""application/at+jwt""#]),
    ForgedToken("a refresh token as an access token", .type) {
      Array(try TestKeys.pair.signer.sign(TestKeys.claims(), kind: .playerRefresh).utf8)
    },
    ForgedToken("an operator's token under the player key", .audience) {
      let claims = OperatorClaims(
        adminID: "ops", role: "super", brands: [], tokenID: "j", issuedAt: now, expiresAt: now + 60)
      return Array(try TestKeys.pair.signer.sign(claims).utf8)
    },
    .payload("a refresh token's audience", .audience, ["aud": #""cordon-player-refresh""#]),
    .payload("a list of audiences", .audience, ["aud": #"["cordon-player"]"#]),
    .payload("no audience", .audience, ["aud": nil as String?]),
    .payload("an audience with a space", .audience, ["aud": #""cordon-player ""#]),
  ]

  private static let keys: [ForgedToken] = [
    .header("no kid", .keyIDMissing, ["kid": nil as String?]),
    .header("an empty kid", .keyIDMissing, ["kid": #""""#]),
    .header("kid as a list", .keyIDMissing, ["kid": #"["20261121-1"]"#]),
    .header("kid as an object", .keyIDMissing, ["kid": #"{"kid":"20261121-1"}"#]),
    .header("kid as a number", .keyIDMissing, ["kid": "20261121"]),
    .header("another kid", .unknownKeyID, ["kid": #""20261121-9""#]),
    .header("kid with a space", .unknownKeyID, ["kid": #""20261121-1 ""#]),
    .header("kid with a NUL", .unknownKeyID, ["kid": #""20261121-1\u0000""#]),
    .header("kid as a path", .unknownKeyID, ["kid": #""../../../../dev/null""#]),
    .header("kid as SQL", .unknownKeyID, ["kid": #""20261121-1' OR '1'='1""#]),
    .header("kid as a command", .unknownKeyID, ["kid": #""20261121-1|/usr/bin/id""#]),
    .header("kid as an address", .unknownKeyID, ["kid": #""https://attacker.example/key""#]),
    ForgedToken("a key that was never accepted", .unknownKeyID) {
      Array(try TestKeys.otherPair.signer.sign(TestKeys.claims(), kind: .playerAccess).utf8)
    },
    ForgedToken("the attacker's key under the accepted kid", .signature) {
      try ForgedToken.signed(
        header: ForgedToken.text(ForgedToken.header, [:]), payload: ForgedToken.text(ForgedToken.payload, [:]),
        by: TestKeys.otherPair.signer)
    },
  ]

  private static let signatures: [ForgedToken] = [
    .rearranged("a payload that was changed", .signature) {
      "\($0[0]).\(Base64URL.encode(ForgedToken.text(ForgedToken.payload, ["sub": #""8""#]))).\($0[2])"
    },
    .rearranged("a header that was respelled", .signature) {
      "\(Base64URL.encode(Array(#"{ "alg":"RS256","typ":"at+jwt","kid":"20261121-1"}"#.utf8))).\($0[1]).\($0[2])"
    },
    .rearranged("a signature of one byte", .signature) { "\($0[0]).\($0[1]).AA" },
    .rearranged("a signature cut short", .signature) {
      "\($0[0]).\($0[1]).\(Base64URL.encode((Base64URL.decode($0[2]) ?? []).dropLast()))"
    },
    .rearranged("a signature with a byte more", .signature) {
      "\($0[0]).\($0[1]).\(Base64URL.encode((Base64URL.decode($0[2]) ?? []) + [0]))"
    },
    .rearranged("a signature of zeros", .signature) { "\($0[0]).\($0[1]).\(Base64URL.encode([UInt8](repeating: 0, count: 256)))" },
    .rearranged("a signature of ones", .signature) { "\($0[0]).\($0[1]).\(Base64URL.encode([UInt8](repeating: 255, count: 256)))" },
    .rearranged("the modulus as the signature", .signature) { "\($0[0]).\($0[1]).\(Base64URL.encode(TestKeys.modulus))" },
    ForgedToken("a PSS signature", .signature) {
      let key = try _RSA.Signing.PrivateKey(pemRepresentation: TestKeys.pair.privateKeyPEM)
      let parts = try ForgedToken.genuine().split(separator: ".")
      let signature = try key.signature(for: SHA256.hash(data: Array("\(parts[0]).\(parts[1])".utf8)), padding: .PSS)
      return Array("\(parts[0]).\(parts[1]).\(Base64URL.encode(Array(signature.rawRepresentation)))".utf8)
    },
    ForgedToken("a SHA-512 signature", .signature) {
      let key = try _RSA.Signing.PrivateKey(pemRepresentation: TestKeys.pair.privateKeyPEM)
      let parts = try ForgedToken.genuine().split(separator: ".")
      let signature = try key.signature(
        for: SHA512.hash(data: Array("\(parts[0]).\(parts[1])".utf8)), padding: .insecurePKCS1v1_5)
      return Array("\(parts[0]).\(parts[1]).\(Base64URL.encode(Array(signature.rawRepresentation)))".utf8)
    },
  ]

  private static let payloads: [ForgedToken] = [
    ForgedToken("a payload that is no JSON", .payloadMalformed) { try .signedToken(payload: "7") },
    ForgedToken("a payload that is nested too deep", .payloadMalformed) {
      try .signedToken(payload: #"{"x":\#(String(repeating: "[", count: 200))\#(String(repeating: "]", count: 200))}"#)
    },
    ForgedToken("brand_id twice", .payloadMalformed) { try .signedToken(payload: #"{"brand_id":1,"brand_id":2}"#) },
    ForgedToken("text that is no UTF-8", .payloadMalformed) {
      try ForgedToken.signed(
        header: ForgedToken.text(ForgedToken.header, [:]), payload: Array(#"{"sub":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8))
    },
  ]

  private static let identities: [ForgedToken] = [
    .payload("no brand_id: a token of the time before brands", .brandMissing, ["brand_id": nil as String?]),
    .payload("brand_id null", .brandMissing, ["brand_id": "null"]),
    .payload("brand_id 0", .brandInvalid, ["brand_id": "0"]),
    .payload("brand_id -1", .brandInvalid, ["brand_id": "-1"]),
    .payload("brand_id as text", .brandInvalid, ["brand_id": #""1""#]),
    .payload("brand_id 1.0", .brandInvalid, ["brand_id": "1.0"]),
    .payload("brand_id 1e0", .brandInvalid, ["brand_id": "1e0"]),
    .payload("brand_id true", .brandInvalid, ["brand_id": "true"]),
    .payload("brand_id as a list", .brandInvalid, ["brand_id": "[1]"]),
    .payload("brand_id beyond 64 bits", .brandInvalid, ["brand_id": "18446744073709551617"]),
    .payload("another brand than the issuer's", .issuer, ["brand_id": "2"]),
    .payload("the admin issuer", .issuer, ["iss": #""cordon:admin""#]),
    .payload("no issuer", .issuer, ["iss": nil as String?]),
    .payload("an issuer with a slash", .issuer, ["iss": #""cordon:brand:1/""#]),
    .payload("no sub", .subject, ["sub": nil as String?]),
    .payload("sub as a number", .subject, ["sub": "7"]),
    .payload("sub 0", .subject, ["sub": #""0""#]),
    .payload("sub with a leading zero", .subject, ["sub": #""07""#]),
    .payload("sub as a name", .subject, ["sub": #""alice""#]),
    .payload("no sid", .session, ["sid": nil as String?]),
    .payload("sid that reaches into another key", .session, ["sid": #""1:2:s""#]),
    .payload("sid with a line break", .session, ["sid": #""s\r\n1""#]),
    .payload("an empty sid", .session, ["sid": #""""#]),
    .payload("a sid of 65 characters", .session, ["sid": "\"\(String(repeating: "a", count: 65))\""]),
    .payload("no jti", .tokenID, ["jti": nil as String?]),
  ]

  private static let times: [ForgedToken] = [
    .payload("no iat", .issuedAt, ["iat": nil as String?]),
    .payload("iat in the future", .issuedAt, ["iat": "\(now + 31)"]),
    .payload("iat as text", .issuedAt, ["iat": "\"\(now)\""]),
    .payload("a negative iat", .issuedAt, ["iat": "-1"]),
    .payload("nbf in the future", .notBefore, ["nbf": "\(now + 31)"]),
    .payload("nbf as text", .notBefore, ["nbf": "\"\(now)\""]),
    .payload("nbf null", .notBefore, ["nbf": "null"]),
    .payload("no exp", .lifetime, ["exp": nil as String?]),
    .payload("exp as text", .lifetime, ["exp": "\"\(now + 60)\""]),
    .payload("exp 1e20", .lifetime, ["exp": "1e20"]),
    .payload("exp with a fraction", .lifetime, ["exp": "\(now + 60).5"]),
    .payload("exp beyond the year 9999", .lifetime, ["exp": "9223372036854775807"]),
    .payload("exp before iat", .lifetime, ["exp": "\(now - 1)"]),
    .payload("exp further away than the kind allows", .lifetime, ["exp": "\(now + 24 * 3600 + 1)"]),
    .payload("exp past", .expired, ["iat": "\(now - 3600)", "nbf": "\(now - 3600)", "exp": "\(now - 30)"]),
    .payload("exp long past", .expired, ["iat": "1000", "nbf": "1000", "exp": "2000"]),
  ]
}

extension [UInt8] {
  /// A token whose header or payload is any text, correctly signed.
  static func signedToken(header: String) throws -> [UInt8] {
    try ForgedToken.signed(header: Array(header.utf8), payload: ForgedToken.text(ForgedToken.payload, [:]))
  }

  static func signedToken(payload: String) throws -> [UInt8] {
    try ForgedToken.signed(header: ForgedToken.text(ForgedToken.header, [:]), payload: Array(payload.utf8))
  }
}
