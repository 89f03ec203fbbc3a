import Kernel
import Security

/// An operator of the tests, with a token under the bench's own admin key.
struct TestOperator: Sendable {
  let id: String?
  let role: String?
  let brands: [Int64]

  static let root = TestOperator(id: "ops:root", role: "super_admin", brands: [])
  static let one = TestOperator(id: "ops:one", role: "operator", brands: [1])
  static let two = TestOperator(id: "ops:two", role: "operator", brands: [2])
  static let both = TestOperator(id: "ops:both", role: "operator", brands: [1, 2])
  /// A token of the form that had no admin_id.
  static let nameless = TestOperator(id: nil, role: "super_admin", brands: [])

  static let keys: (signer: TokenSigner, privateKeyPEM: String) = {
    guard let keyID = KeyID("admin-test"), let pair = try? TokenSigner.generate(keyID: keyID) else {
      preconditionFailure("no key pair could be made")
    }
    return pair
  }()

  func token() throws -> String {
    let now = WallClock.system.now().seconds
    return try Self.keys.signer.sign(
      OperatorClaims(
        adminID: id, role: role, brands: brands.compactMap { BrandID($0) }, tokenID: UUIDv7.next().description, issuedAt: now,
        expiresAt: now + 600))
  }
}
