/// A token's header, held to what Cordon's issuers write: `alg`, `typ`, `kid` and nothing else.
struct TokenHeader {
  let keyID: String

  private static let members: Set<String> = ["alg", "typ", "kid"]

  init(_ bytes: [UInt8], kind: TokenKind) throws(TokenRefusal) {
    guard let header = TokenMembers(bytes) else { throw .headerMalformed }
    guard header.names.allSatisfy(Self.members.contains) else { throw .headerMember }
    // The algorithm is pinned, not chosen by the header: RFC 8725 section 3.1.
    guard header.ascii("alg") == "RS256" else { throw .algorithm }
    guard header.ascii("typ") == kind.type else { throw .type }
    guard let keyID = header.ascii("kid"), !keyID.isEmpty else { throw .keyIDMissing }
    self.keyID = keyID
  }
}
