internal import Kernel

/// Which brand a host belongs to.
enum BrandResolution: Hashable, Sendable {
  case brand(Brand)
  /// No binding, a broken one, or one to a brand that doesn't exist (C-05, C-65).
  case unknownDomain
  /// Redis holds the bindings and doesn't answer.
  case redisError
  /// The catalogue can't be read.
  case catalogUnavailable
}
