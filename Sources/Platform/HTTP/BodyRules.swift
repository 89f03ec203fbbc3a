package import Contracts
package import Kernel

/// Whether a body is what an operation takes. Pure.
package enum BodyRules {
  /// Decodes a body that the schema accepted already. A type that still refuses it disagrees with its own schema about this value,
  /// which is answered as a bad field rather than as a failure.
  package static func decode<Body: Decodable>(_ type: Body.Type, from bytes: [UInt8]) throws(Problem) -> Body {
    do {
      return try JSONBytes.decode(type, from: bytes)
    } catch {
      throw Problem(.invalidField, detail: "The body does not fit \(type)")
    }
  }
}
