import Contracts
import HTTPTypes
import Kernel

@testable import Platform

/// A small service written the way the real ones are: the tests' subject, and the example to copy.
struct ExampleRoutes {
  struct NewNote: Codable, Hashable, JSONSchemaProviding {
    let title: String
    let amount: MoneyBody
    let copies: Int64?

    static let jsonSchema = JSONSchema.object(
      name: "NewNote",
      fields: [
        .required("title", .string(length: 1...20, pattern: .printable), "What the note says."),
        .required("amount", MoneyBody.jsonSchema, "What it is worth."),
        .optional("copies", .integer(1...9), "How many; one unless it is said."),
      ])
  }

  struct Note: Codable, Hashable, JSONSchemaProviding {
    let id: Int64
    let title: String
    let brand: Int64?

    static let jsonSchema = JSONSchema.object(
      name: "Note",
      fields: [
        .required("id", .identifier, "Number of the note."),
        .required("title", .string(length: 1...20, pattern: .printable), "What the note says."),
        .optional("brand", .identifier, "Whose it is."),
      ])
  }

  struct NoteList: Codable, JSONSchemaProviding {
    let data: [Note]
    let hasMore: Bool

    private enum CodingKeys: String, CodingKey {
      case data
      case hasMore = "has_more"
    }

    static let jsonSchema = JSONSchema.object(
      name: "NoteList",
      fields: [
        .required("data", .array(items: Note.jsonSchema, countMax: Limits.pageSizeMax), "The page."),
        .required("has_more", .boolean, "Whether another page follows."),
      ])
  }

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/v1/notes", id: "createNote", summary: "Creates a note", access: .visitor, body: NewNote.self,
        reply: .json(Note.self, status: .created), refusals: [.accountTaken], handle: create),
      Endpoint(
        .get, "/v1/notes", id: "listNotes", summary: "Lists notes", access: .player,
        parameters: [.query("limit", .integer(1...Int64(Limits.pageSizeMax)), "How many, 10 unless it is said.")],
        reply: .json(NoteList.self), handle: list),
      Endpoint(
        .get, "/v1/notes/{note_id}", id: "readNote", summary: "Reads a note", access: .player,
        parameters: [.path("note_id", .identifier, "Number of the note.")], reply: .json(Note.self), refusals: [.notFound], handle: read),
    ]
  }

  @Sendable private func create(_ request: EndpointRequest, _ body: NewNote) async throws -> Reply {
    let brand = try request.brand()
    guard body.title != "taken" else { throw Problem(.accountTaken) }
    return try .json(Note(id: 1, title: body.title, brand: brand.rawValue), status: .created)
  }

  @Sendable private func list(_ request: EndpointRequest) async throws -> Reply {
    _ = try request.player()
    let notes = (1...request.pageSize).map { Note(id: Int64($0), title: "note \($0)", brand: nil) }
    return try .json(NoteList(data: notes, hasMore: false))
  }

  @Sendable private func read(_ request: EndpointRequest) async throws -> Reply {
    guard let id = request.integer("note_id"), id < 100 else { throw Problem(.notFound) }
    return try .json(Note(id: id, title: "note \(id)", brand: request.identity.brand?.rawValue))
  }
}
