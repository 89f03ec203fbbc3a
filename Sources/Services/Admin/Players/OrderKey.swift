internal import Contracts
internal import Kernel
internal import Platform

/// The idempotency key of an operator's wallet command. The wallet gets it behind the brand's code and this role's name, so that no two
/// callers and no two brands meet in one key (S0-WAL-21).
struct OrderKey: Sendable {
  /// What the prefix leaves of the wallet's 255 characters.
  static let charactersMax = 200

  static let parameter = Parameter.header(
    HeaderNames.idempotencyKey, .string(length: 1...(charactersMax * 2 + 2), pattern: .visibleASCII),
    "The operator's own name for the command, at most \(charactersMax) characters. After an unknown outcome, send the same again.")

  /// As the operator sent it.
  let own: IdempotencyKey
  /// As the wallet gets it.
  let wallet: String

  /// - Throws: `idempotency_key_required` or `idempotency_key_invalid`.
  init(of request: EndpointRequest, brand: Brand) throws(Problem) {
    guard let header = request.header(HeaderNames.idempotencyKey) else { throw Problem(.idempotencyKeyRequired) }
    guard let own = IdempotencyKey(header: header), own.rawValue.utf8.count <= Self.charactersMax else {
      throw Problem(.idempotencyKeyInvalid)
    }
    self.own = own
    self.wallet = "\(brand.code):admin:\(own)"
  }
}
