package import Contracts
package import Kernel

/// A refusal as it stands on the wire: `application/problem+json` (RFC 9457; members as C-17 and the platform's conventions fix them).
package struct ProblemBody: Codable, Sendable, JSONSchemaProviding {
  package struct Fault: Codable, Sendable {
    package let pointer: String
    package let detail: String
  }

  package let type: String
  package let title: String
  package let status: Int
  package let detail: String?
  package let instance: String
  package let reason: String
  package let code: String
  package let requestID: String
  package let retryable: Bool
  package let errors: [Fault]
  package let traceID: String
  package let failureClass: String?
  /// The envelope number of the platform before Cordon, where the runbooks name one (C-28).
  package let legacyStatus: Int?

  package static let contentType = "application/problem+json"

  private enum CodingKeys: String, CodingKey {
    case type, title, status, detail, instance, reason, code, retryable, errors
    case requestID = "request_id"
    case traceID = "trace_id"
    case failureClass = "failure_class"
    case legacyStatus = "legacy_status"
  }

  package init(_ problem: Problem, requestID: String, traceID: String) {
    let reason = problem.reason
    self.type = "https://cordon.dev/problems/\(reason.rawValue)"
    self.title = reason.title
    self.status = reason.status
    self.detail = problem.detail
    self.instance = "urn:cordon:req:\(requestID)"
    self.reason = reason.rawValue
    self.code = reason.rawValue
    self.requestID = requestID
    self.retryable = reason.retryable
    self.errors = problem.faults.map { Fault(pointer: $0.pointer, detail: $0.detail) }
    self.traceID = traceID
    self.failureClass = problem.failureClass?.rawValue
    self.legacyStatus = reason == .brandRequired ? 54 : nil
  }

  package static let jsonSchema = schema(reasons: ProblemReason.allCases)

  /// The schema with the reasons that one operation can give.
  package static func schema(reasons: [ProblemReason]) -> JSONSchema {
    .object(
      name: "Problem",
      fields: [
        .required("type", .text(max: 128), "Stable URI of the reason."),
        .required("title", .text(max: 128), "One constant sentence per reason."),
        .required("status", .integer(400...599), "The HTTP status."),
        .optional("detail", .text(max: 1024), "What is special about this case."),
        .required("instance", .text(max: 256), "urn:cordon:req: and the request id."),
        .required("reason", .choice(reasons.map(\.rawValue)), "Stable, enumerated."),
        .required("code", .choice(reasons.map(\.rawValue)), "The same as reason."),
        .required("request_id", .text(max: 128), "The id to quote to support."),
        .required("retryable", .boolean, "Whether the same request may succeed later, unchanged."),
        .required("errors", .array(items: faultSchema, countMax: 32), "Each offending place of the request."),
        .required("trace_id", .text(max: 32), "The trace that the request belongs to."),
        .optional("failure_class", .choice(FailureClass.allCases.map(\.rawValue)), "What failed beneath the service, where something did."),
        .optional("legacy_status", .integer(54...54), "Only with brand_required."),
      ])
  }

  private static let faultSchema = JSONSchema.object(
    name: "Fault",
    fields: [
      .required("pointer", .text(max: 512, min: 0), "JSON pointer into the body, or /query/<name>, /header/<name>."),
      .required("detail", .text(max: 512), "What is wrong there."),
    ])
}
