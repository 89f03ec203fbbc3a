/// An operator account that the seed makes when it is asked to. A demonstration signs in with it.
package struct SeedOperator: Sendable {
  package let id: String
  package let password: String
  package let role: String

  package init(id: String, password: String, role: String = "super_admin") {
    self.id = id
    self.password = password
    self.role = role
  }
}
