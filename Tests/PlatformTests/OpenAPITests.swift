import Contracts
import Kernel
import Testing

@testable import Platform

@Suite("The OpenAPI document")
struct OpenAPITests {
  private static let examples = ["note_id": "5"]
  private static let bodies = ["createNote": #"{"title":"a","amount":{"amount":1,"currency":"EUR"}}"#]

  @Test("describes exactly the operations that the role answers, each with the status it gives")
  func truth() async throws {
    try await ServedRole.serving { role in
      let document = try JSONDocument.parse(try await role.send("GET", "/openapi.json").body)
      #expect(document["openapi"] == "3.1.0")
      let paths = try #require(document["paths"]?.members)
      let expected = Set(
        ExampleRoutes().endpoints.map(\.path) + [
          "/health", "/healthz", "/livez", "/ready", "/readyz", "/metrics", "/openapi.json", "/docs", "/redoc",
        ])
      #expect(Set(paths.map(\.name)) == expected)
      for path in paths {
        for operation in path.value.members ?? [] {
          let target = Self.examples.reduce(path.name) { $0.replacing("{\($1.key)}", with: $1.value) }
          let id = operation.value["operationId"]?.text ?? ""
          let answer = try await role.send(
            operation.name.uppercased(), target,
            headers: [("x-brand-id", "1"), ("x-player-id", "1"), ("content-type", "application/json")],
            body: Self.bodies[id].map { Array($0.utf8) })
          let responses = try #require(operation.value["responses"]?.members)
          #expect(responses.contains { $0.name == String(answer.status) }, "\(id): \(answer.status)")
          #expect(answer.status < 300)
        }
      }
      #expect(try await role.send("GET", "/undocumented").status == 404)
    }
  }

  @Test("names every reason that an operation gives")
  func reasons() throws {
    let endpoint = try #require(ExampleRoutes().endpoints.first)
    let reasons = RefusalRules.reasons(of: endpoint)
    for reason in [ProblemReason.accountTaken, .invalidJSON, .unknownField, .draining, .callerTokenInvalid, .internalError] {
      #expect(reasons.contains(reason))
    }
    let document = OpenAPIDocument.text(role: .walletService, version: "1", serverURL: "http://a", endpoints: ExampleRoutes().endpoints)
    let parsed = try JSONDocument.parse(Array(document.utf8))
    let conflict = parsed["paths"]?["/v1/notes"]?["post"]?["responses"]?["409"]
    #expect(conflict.map { JSONWriter.text(of: $0).contains("account_taken") } == true)
  }

  @Test("refers only to schemas that it defines, and gives operations unique ids")
  func closed() throws {
    let text = OpenAPIDocument.text(role: .walletService, version: "1", serverURL: "http://a", endpoints: ExampleRoutes().endpoints)
    let document = try JSONDocument.parse(Array(text.utf8))
    let defined = Set((document["components"]?["schemas"]?.members ?? []).map(\.name))
    #expect(defined.isSuperset(of: ["Problem", "Fault", "NewNote", "Note", "Money"]))
    for reference in text.split(separator: "#/components/schemas/").dropFirst() {
      #expect(defined.contains(String(reference.prefix { $0 != "\"" })))
    }
    let ids = ExampleRoutes().endpoints.map(\.operationID)
    #expect(Set(ids).count == ids.count)
  }

  @Test("a schema's JSON form says what the check does")
  func schema() {
    var schemas = SchemaDocument()
    _ = schemas.value(of: ExampleRoutes.NewNote.jsonSchema)
    let note = schemas.components["NewNote"]
    #expect(note?["required"] == ["title", "amount"])
    #expect(note?["additionalProperties"] == false)
    #expect(note?["properties"]?["title"]?["maxLength"] == 20)
    #expect(note?["properties"]?["amount"]?["$ref"] == "#/components/schemas/Money")
  }

  @Test("the page lists the operations and loads nothing")
  func page() async throws {
    try await ServedRole.serving { role in
      for path in ["/docs", "/redoc"] {
        let answer = try await role.send("GET", path)
        #expect(answer.text.contains("/v1/notes/{note_id}"))
        #expect(!answer.text.contains("<script") && !answer.text.contains("src="))
        #expect(answer.header("content-security-policy")?.contains("default-src 'none'") == true)
      }
    }
  }
}

extension JSONValue {
  var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  subscript(_ name: String) -> JSONValue? { members?.first { $0.name == name }?.value }
}
