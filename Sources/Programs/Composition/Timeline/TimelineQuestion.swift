package import Kernel

/// Of what a timeline is asked. What is nil matches everything.
package struct TimelineQuestion: Hashable, Sendable {
  package static let limitMax = 10_000

  package let requestID: String?
  package let from: Timestamp?
  package let to: Timestamp?
  /// How far around the request's own rows, where no moment is given.
  package let secondsAround: Int64
  /// Its rows, and those of no brand: what the platform did, every brand felt.
  package let brand: BrandID?
  package let limit: Int

  package init(requestID: String?, from: Timestamp?, to: Timestamp?, secondsAround: Int64, brand: BrandID?, limit: Int) {
    self.requestID = requestID
    self.from = from
    self.to = to
    self.secondsAround = secondsAround
    self.brand = brand
    self.limit = limit
  }

  /// - Parameter seen: when the request was last heard of.
  /// - Returns: nil where nothing says when to look.
  func window(seen: Timestamp?, now: Timestamp) -> ClosedRange<Timestamp>? {
    guard let first = from ?? seen?.advanced(bySeconds: -secondsAround) else { return nil }
    let last = to ?? (from == nil ? seen?.advanced(bySeconds: secondsAround) : nil) ?? now
    return first <= last ? first...last : nil
  }
}
