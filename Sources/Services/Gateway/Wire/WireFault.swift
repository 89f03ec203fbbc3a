package import Kernel

/// Why bytes are not the HTTP/1.1 message that the gateway takes.
///
/// A fault of the framing leaves no safe place to look for the next message, so the connection always ends with it.
package struct WireFault: Error, Hashable {
  package let reason: ProblemReason
  /// Names the rule that was broken, never the bytes that broke it: those may hold secrets.
  package let detail: String

  init(_ reason: ProblemReason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }

  static func malformed(_ detail: String) -> WireFault { WireFault(.malformedRequest, detail) }

  package var problem: Problem { Problem(reason, detail: detail) }
}
