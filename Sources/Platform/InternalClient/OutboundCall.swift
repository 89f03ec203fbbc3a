package import HTTPTypes
package import Kernel

/// A call to another role, complete but for its signature.
package struct OutboundCall: Sendable {
  package let method: HTTPRequest.Method
  /// Path and query, as they go out.
  package let target: String
  package let body: [UInt8]
  package let caller: CallerLabel
  package let brand: BrandID?

  package init(method: HTTPRequest.Method, target: String, body: [UInt8], caller: CallerLabel, brand: BrandID?) {
    self.method = method
    self.target = target
    self.body = body
    self.caller = caller
    self.brand = brand
  }
}
