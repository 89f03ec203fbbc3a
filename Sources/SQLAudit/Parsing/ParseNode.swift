/// A part of a parse tree as libpg_query hands it out.
indirect enum ParseNode: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(Int)
  case text(String)
  case list([ParseNode])
  case node([String: ParseNode])

  /// A member's value; nil where there is none, or where this has no members.
  subscript(_ name: String) -> ParseNode? { if case .node(let members) = self { members[name] } else { nil } }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Int? { if case .number(let number) = self { number } else { nil } }
  var items: [ParseNode] { if case .list(let items) = self { items } else { [] } }
  var isTrue: Bool { self == .boolean(true) }

  /// The members of a `List` node.
  var listed: [ParseNode] { self["List"]?["items"]?.items ?? [] }

  /// The text of a `String` node.
  var string: String? { self["String"]?["sval"]?.text }

  /// A node has one member, which is its kind.
  var tagged: (kind: String, body: ParseNode)? {
    guard case .node(let members) = self, members.count == 1, let (kind, body) = members.first else { return nil }
    return (kind, body)
  }

  /// Everything right below this, in an order that doesn't change from run to run.
  var children: [ParseNode] {
    switch self {
    case .list(let items): items
    case .node(let members): members.sorted { $0.key < $1.key }.map(\.value)
    case .null, .boolean, .number, .text: []
    }
  }

  /// The names of a `ColumnRef`; `*` for a star. nil for anything else.
  var columnNames: [String]? {
    self["ColumnRef"]?["fields"]?.items.map { $0.string ?? "*" }
  }
}
