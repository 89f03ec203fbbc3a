/// A refusal, as every Cordon API answers it (RFC 9457; C-17). Thrown by rules, stores and routes; written to the wire by `Platform`.
package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  /// One offending place in the body, as a JSON pointer.
  package struct Fault: Hashable, Sendable {
    package let pointer: String
    package let detail: String

    package init(pointer: String, detail: String) {
      self.pointer = pointer
      self.detail = detail
    }
  }

  package let reason: ProblemReason
  /// What is special about this case. Never holds secrets or another brand's data.
  package let detail: String?
  package let faults: [Fault]
  /// Seconds for the `Retry-After` header, where the reason is retryable.
  package let retryAfterSeconds: Int?
  /// What failed beneath, where something did.
  package let failureClass: FailureClass?

  package init(
    _ reason: ProblemReason, detail: String? = nil, faults: [Fault] = [], retryAfterSeconds: Int? = nil, failureClass: FailureClass? = nil
  ) {
    self.reason = reason
    self.detail = detail
    self.faults = faults
    self.retryAfterSeconds = retryAfterSeconds
    self.failureClass = failureClass
  }

  package var description: String { detail.map { "\(reason.rawValue): \($0)" } ?? reason.rawValue }
}
