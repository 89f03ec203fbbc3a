/// What one round over the brands did.
package struct OutboxRound: Hashable, Sendable {
  /// How many events the stream has got.
  package var published: Int
  /// Whether a brand, or the list of brands, could not be served.
  package var hasFailed: Bool

  package init(published: Int = 0, hasFailed: Bool = false) {
    self.published = published
    self.hasFailed = hasFailed
  }
}
