/// How a request's body travels to the service.
enum BodyHandling: Hashable, Sendable {
  case stream
  /// Collected whole first, because the brand signature covers it.
  case collect
}
