internal import Contracts
internal import HTTPTypes
package import Kernel

/// The OpenAPI 3.1 description of a role, made from the same declarations that its router uses, so that it can't say something else.
package enum OpenAPIDocument {
  package static func text(role: ServiceRole, version: String, serverURL: String, endpoints: [Endpoint]) -> String {
    var schemas = SchemaDocument()
    _ = schemas.value(of: ProblemBody.jsonSchema)
    let paths = paths(of: endpoints, schemas: &schemas)
    let document: JSONValue = [
      "openapi": "3.1.0",
      "info": [
        "title": .string("Cordon \(role.processName)"), "version": .string(version),
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "servers": [["url": .string(serverURL)]],
      "paths": paths,
      "components": [
        "schemas": .members(schemas.components.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
        "securitySchemes": securitySchemes,
      ],
    ]
    return JSONWriter.text(of: document)
  }

  private static func paths(of endpoints: [Endpoint], schemas: inout SchemaDocument) -> JSONValue {
    var paths: [(String, JSONValue)] = []
    for path in Set(endpoints.map(\.path)).sorted() {
      var operations: [(String, JSONValue)] = []
      for endpoint in endpoints where endpoint.path == path {
        operations.append((endpoint.method.rawValue.lowercased(), operation(endpoint, schemas: &schemas)))
      }
      paths.append((path, .members(operations)))
    }
    return .members(paths)
  }

  private static func operation(_ endpoint: Endpoint, schemas: inout SchemaDocument) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("operationId", .string(endpoint.operationID)), ("summary", .string(endpoint.summary)), ("security", security(of: endpoint.access)),
    ]
    var parameters: [JSONValue] = []
    for parameter in endpoint.parameters {
      parameters.append([
        "name": .string(parameter.name), "in": .string(parameter.place.rawValue), "required": .boolean(parameter.isRequired),
        "description": .string(parameter.meaning), "schema": schemas.value(of: parameter.schema),
      ])
    }
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if let schema = endpoint.bodySchema {
      members.append(
        ("requestBody", ["required": true, "content": ["application/json": ["schema": schemas.value(of: schema)]]] as JSONValue))
    }
    members.append(("responses", responses(of: endpoint, schemas: &schemas)))
    return .members(members)
  }

  private static func responses(of endpoint: Endpoint, schemas: inout SchemaDocument) -> JSONValue {
    var success: [(String, JSONValue)] = [("description", .string(endpoint.summary))]
    if let contentType = endpoint.reply.contentType {
      let schema: JSONValue = endpoint.reply.schema.map { schemas.value(of: $0) } ?? ["type": "string"]
      let content: JSONValue = ["schema": schema]
      success.append(("content", .members([(contentType, content)])))
    }
    var responses: [(String, JSONValue)] = [(String(endpoint.reply.status.code), .members(success))]
    let reasons = Dictionary(grouping: RefusalRules.reasons(of: endpoint), by: \.status)
    for (status, reasons) in reasons.sorted(by: { $0.key < $1.key }) {
      responses.append((String(status), problem(reasons)))
    }
    return .members(responses)
  }

  private static func problem(_ reasons: [ProblemReason]) -> JSONValue {
    let reason: JSONValue = ["enum": .array(reasons.map { .string($0.rawValue) })]
    return [
      "description": .string(reasons.map(\.title).joined(separator: "; ")),
      "content": [
        "application/problem+json": [
          "schema": ["allOf": [["$ref": "#/components/schemas/Problem"], ["properties": ["reason": reason]]]]
        ]
      ],
    ]
  }

  private static func security(of access: Access) -> JSONValue {
    switch access {
    case .open: []
    case .visitor, .internalCall: [["internalServiceToken": []]]
    case .player: [["playerToken": []], ["internalServiceToken": []]]
    case .operatorRead, .operatorWrite, .superAdmin: [["operatorToken": []]]
    }
  }

  private static var securitySchemes: JSONValue {
    [
      "internalServiceToken": [
        "type": "apiKey", "in": "header", "name": .string(HeaderNames.internalServiceToken),
        "description":
          "The token of the calling role, with its label in X-Caller-Service; brand-scoped calls name the brand in X-Brand-Id.",
      ],
      "playerToken": [
        "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "A player's access token, presented to the gateway.",
      ],
      "operatorToken": [
        "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
        "description": "An operator's access token; writes repeat its admin_id in X-Operator-Id.",
      ],
    ]
  }
}
