package import Kernel

/// How many sessions of a brand an act concerned.
package struct SessionCount: Hashable, Sendable {
  package let brand: BrandID
  package let sessions: Int
}
