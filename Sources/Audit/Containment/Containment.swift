package import Kernel

/// A time in which a brand's writes are refused, or were (S4-INC-07).
package struct Containment: Hashable, Sendable {
  package let id: Int64
  package let begunBy: String
  package let reason: String
  package let begunAt: Timestamp
  /// Nil while the brand's writes are refused.
  package let end: End?

  package struct End: Hashable, Sendable {
    package let by: String
    package let reason: String
    package let at: Timestamp
  }
}
