internal import HTTPTypes
internal import Platform

extension GuardedRequest {
  /// Whether the header occurs at all, once or repeatedly.
  func carries(_ name: String) -> Bool {
    HTTPField.Name(name).map { headers.contains($0) } ?? false
  }
}
