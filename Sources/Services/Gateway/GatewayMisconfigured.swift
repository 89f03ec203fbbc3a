/// A setting that the gateway can't work with. The start is refused.
package struct GatewayMisconfigured: Error, Hashable, CustomStringConvertible {
  package let setting: String
  let why: String

  package var description: String { "\(setting) \(why)" }
}
