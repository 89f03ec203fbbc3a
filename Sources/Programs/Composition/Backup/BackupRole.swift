/// A role of the server, which a dump of one of its databases names and doesn't hold. Never its password, and never a superuser's powers.
package struct BackupRole: Codable, Hashable, Sendable {
  package let name: String
  package let canLogIn: Bool
  package let inherits: Bool
  package let bypassesRowSecurity: Bool
  /// The roles that it is a member of.
  package let groups: [String]
}
