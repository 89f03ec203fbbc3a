internal import Audit
internal import Contracts
internal import Evidence
internal import Kernel
internal import Platform

/// A page of a log's entries, and the head that they are signed under.
struct EvidencePage: JSONReplyBody {
  private let ledger: String
  private let brand: BrandID
  private let page: LogPage
  private let data: [EvidenceEntry]
  private let nextCursor: String?

  init(_ page: LogPage, _ ledger: String, of brand: BrandID, next: String?) throws {
    self.page = page
    self.ledger = ledger
    self.brand = brand
    data = try page.entries.map { try EvidenceEntry($0, of: ledger) }
    nextCursor = next
  }

  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("ledger", .string(ledger)), ("brand_id", .init(brand.rawValue)), ("tree_size", .init(page.size)),
      ("root_hash", .string(page.root.base64)), ("head_hash", .string(Hexadecimal.encode(page.head.bytes))),
      ("checkpoint", .string(String(decoding: page.note, as: UTF8.self))), ("data", .array(data.map(\.json))),
      ("has_more", .boolean(nextCursor != nil)),
    ]
    if let nextCursor { members.append(("next_cursor", .string(nextCursor))) }
    return .members(members)
  }

  static let jsonSchema = JSONSchema.object(
    name: "EvidencePage",
    fields: [
      .required("ledger", .text(max: 64), "The ledger's name."),
      .required("brand_id", .identifier, "Whose entries."),
      .required("tree_size", .identifier, "Entries in the signed tree."),
      .required("root_hash", .text(max: 64), "The tree's root, base64."),
      .required("head_hash", .text(max: 64), "The chain's hash of the last signed entry, hexadecimal."),
      .required("checkpoint", .text(max: 65_536), "The signed note over size and root, with all its signatures."),
      .required("data", .array(items: EvidenceEntry.jsonSchema, countMax: 10_000), "The page."),
      .required("has_more", .boolean, "Whether another page follows."),
      .optional("next_cursor", .text(max: 200), "Send as cursor to get the next page, under the same checkpoint."),
    ])
}
