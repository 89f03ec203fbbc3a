/// Which program this is.
package struct BuildInformation: Hashable, Sendable {
  package let version: String
  /// The commit it was built from, or `unknown`.
  package let commit: String

  package init(version: String, commit: String) {
    self.version = version
    self.commit = commit
  }
}
