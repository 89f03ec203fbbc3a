internal import Kernel

/// How the gateway proves to a service who calls.
protocol ServiceCredentials: Sendable {
  /// Field lines for every request, each with its CR LF: caller label and internal token.
  func fieldLines(for service: ServiceRole) -> String
  /// The value of `X-Brand-Signature` over this write; nil when there is no key.
  func signature(brand: BrandID, method: String, target: String, body: [UInt8]) -> String?
}
