/// Why a text is not the JSON that Cordon takes, and where.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let what: String
  /// Offset in bytes.
  package let offset: Int

  package var description: String { "\(what) at byte \(offset)" }
}
