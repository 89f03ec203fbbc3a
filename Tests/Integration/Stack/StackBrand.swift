/// One of the two brands that `cordon brand seed-two` makes, as a test addresses it.
struct StackBrand: Hashable, Sendable {
  let id: Int64
  let code: String
  let currency: String

  /// The host that leads to it through the gateway.
  var host: String { "\(code).local" }
}
