import Composition
import Contracts
import Kernel
import Security
import TestSupport

extension RunningStack {
  private static let operatorPassword = "correct horse battery staple"

  private struct SignedIn: Decodable {
    let token: String

    enum CodingKeys: String, CodingKey { case token = "access_token" }
  }

  /// Makes an operator of all brands and signs in. - Returns: the token.
  func operatorToken(of id: String) async throws -> String {
    let hash = try await PasswordHasher(cost: .least).hash(Self.operatorPassword)
    try await psql("INSERT INTO cordon.staff (admin_id, password_hash, roles) VALUES ('\(id)', '\(hash)', '{super_admin}')")
    let reply = try await client.send(
      "POST", "/v1/admin/sessions", at: url(.adminService), body: ["admin_id": id, "password": Self.operatorPassword])
    return try reply.decode(SignedIn.self).token
  }

  /// The headers with which that operator acts in a brand.
  func headers(ofOperator id: String, _ brand: StackBrand) -> [String: String] {
    [HeaderNames.operatorID: id, HeaderNames.brandID: "\(brand.id)"]
  }
}
