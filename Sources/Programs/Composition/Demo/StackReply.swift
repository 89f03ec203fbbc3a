internal import Contracts
internal import Foundation

/// What a running stack answered.
package struct StackReply: Sendable {
  package let status: Int
  /// By lower-case name.
  package let headers: [String: String]
  package let body: [UInt8]

  package var text: String { String(decoding: body, as: UTF8.self) }

  /// The `reason` of a refusal.
  package var reason: String? {
    struct Refusal: Decodable { let reason: String? }
    return try? JSONDecoder().decode(Refusal.self, from: Data(body)).reason
  }

  package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try JSONDecoder().decode(type, from: Data(body)) }

  /// `201`, or `403 jwt_domain_mismatch`.
  package var summary: String { reason.map { "\(status) \($0)" } ?? String(status) }
}
