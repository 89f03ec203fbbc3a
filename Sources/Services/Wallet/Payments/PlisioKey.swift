internal import Kernel

/// The wallet's idempotency key of a payment.
enum PlisioKey {
  /// Behind the brand's code, as every caller's keys are (S0-WAL-21): two brands' shops at Plisio may have payments of one name.
  static func wallet(_ payment: String, brand: BrandCode) -> String { "\(brand):plisio:\(payment)" }
}
