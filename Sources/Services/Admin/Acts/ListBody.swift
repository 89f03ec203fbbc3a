internal import Contracts
internal import Kernel
internal import Platform

/// One page of a list.
struct ListBody<Element: JSONReplyBody>: JSONReplyBody {
  let data: [Element]
  /// Nil on the last page.
  let nextCursor: String?

  init(data: [Element], nextCursor: String? = nil) {
    self.data = data
    self.nextCursor = nextCursor
  }

  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("data", .array(data.map(\.json))), ("has_more", .boolean(nextCursor != nil)),
    ]
    if let nextCursor { members.append(("next_cursor", .string(nextCursor))) }
    return .members(members)
  }

  static var jsonSchema: JSONSchema {
    guard case .object(let name, _) = Element.jsonSchema else { return .any }
    return .object(
      name: name + "List",
      fields: [
        .required("data", .array(items: Element.jsonSchema, countMax: 10_000), "The page."),
        .required("has_more", .boolean, "Whether another page follows."),
        .optional("next_cursor", .text(max: 200), "Send as cursor to get the next page."),
      ])
  }
}
