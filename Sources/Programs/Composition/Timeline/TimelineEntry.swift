package import Kernel

/// Something that happened, wherever it was written down.
package struct TimelineEntry: Hashable, Sendable {
  package let at: Timestamp
  package let kind: TimelineKind
  /// The table that it stands in, and the number of its row there.
  package let source: String
  package let row: Int64
  /// Nil for what was about no brand.
  package let brand: BrandID?
  /// The operator, the player, the caller or the service.
  package let who: String?
  package let what: String
  package let requestID: String?
  /// Whether it is a request that was refused, or that the platform could not answer as it should.
  package let isRefused: Bool
}
