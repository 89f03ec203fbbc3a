package import Contracts
package import HTTPTypes
package import Kernel

/// One operation of a role: everything that the router, the guard, the body check and the OpenAPI document need, said once.
package struct Endpoint: Sendable {
  package typealias Handler = @Sendable (EndpointRequest) async throws -> Reply

  package let method: HTTPRequest.Method
  /// `/v1/players/{player_id}`; every `{name}` has a `.path` parameter.
  package let path: String
  /// Unique in the role; camel case.
  package let operationID: String
  package let summary: String
  package let access: Access
  package let parameters: [Parameter]
  /// Nil when the operation takes no body; one that arrives is then refused.
  package let bodySchema: JSONSchema?
  /// The body is the handler's to check and to read, byte for byte: a signature over it comes first.
  package let takesRawBody: Bool
  /// A longer body is refused, before anything in it is looked at.
  package let bodyBytesMax: Int
  package let reply: ReplyShape
  /// The reasons that are this operation's own; those of its access, parameters and body are added by the platform.
  package let refusals: [ProblemReason]
  /// How refusals look to callers who don't read problem+json; nil for all others.
  package let refusalForm: (@Sendable (Problem) -> Reply)?
  package let handle: Handler

  /// An operation without a body.
  package init(
    _ method: HTTPRequest.Method, _ path: String, id operationID: String, summary: String, access: Access, parameters: [Parameter] = [],
    reply: ReplyShape, refusals: [ProblemReason] = [], handle: @escaping Handler
  ) {
    self.method = method
    self.path = path
    self.operationID = operationID
    self.summary = summary
    self.access = access
    self.parameters = parameters
    self.bodySchema = nil
    self.bodyBytesMax = Limits.bodyBytesMax
    self.takesRawBody = false
    self.reply = reply
    self.refusals = refusals
    self.refusalForm = nil
    self.handle = handle
  }

  /// An operation with a JSON body of `body`'s schema; the handler is called with the decoded value.
  package init<Body: Decodable & JSONSchemaProviding>(
    _ method: HTTPRequest.Method, _ path: String, id operationID: String, summary: String, access: Access, parameters: [Parameter] = [],
    body: Body.Type, bodyBytesMax: Int = Limits.bodyBytesMax, reply: ReplyShape, refusals: [ProblemReason] = [],
    handle: @escaping @Sendable (EndpointRequest, Body) async throws -> Reply
  ) {
    self.method = method
    self.path = path
    self.operationID = operationID
    self.summary = summary
    self.access = access
    self.parameters = parameters
    self.bodySchema = body.jsonSchema
    self.bodyBytesMax = bodyBytesMax
    self.takesRawBody = false
    self.reply = reply
    self.refusals = refusals
    self.refusalForm = nil
    self.handle = { request in
      try await handle(request, try BodyRules.decode(body, from: request.json))
    }
  }

  /// A POST whose body nobody looks at before the handler does.
  ///
  /// - Parameters:
  ///   - bodySchema: what the document says of the body.
  ///   - refusalForm: what the caller reads instead of problem+json.
  package init(
    rawBody path: String, _ bodySchema: JSONSchema, id operationID: String, summary: String, access: Access, parameters: [Parameter] = [],
    reply: ReplyShape, refusals: [ProblemReason] = [], refusalForm: (@Sendable (Problem) -> Reply)? = nil, handle: @escaping Handler
  ) {
    self.method = .post
    self.path = path
    self.operationID = operationID
    self.summary = summary
    self.access = access
    self.parameters = parameters
    self.bodySchema = bodySchema
    self.bodyBytesMax = Limits.bodyBytesMax
    self.takesRawBody = true
    self.reply = reply
    self.refusals = refusals
    self.refusalForm = refusalForm
    self.handle = handle
  }
}
