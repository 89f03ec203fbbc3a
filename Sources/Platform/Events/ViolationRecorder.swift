/// Where attempts across brands are told.
package protocol ViolationRecorder: Sendable {
  /// Returns at once, whatever becomes of it.
  func record(_ violation: BrandViolation)
}
