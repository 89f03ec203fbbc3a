package import Contracts
package import Platform

/// What one JSON document has that another has not, place by place. Elements of arrays are compared by their place.
package struct WalletDocumentDifference: Hashable, Sendable, JSONSchemaProviding {
  package struct Change: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case added
      case removed
      case changed
    }

    package let kind: Kind
    package let pointer: String
    /// Nil for what was added.
    package let old: JSONValue?
    /// Nil for what was removed.
    package let new: JSONValue?
  }

  package let from: Int64
  package let to: Int64
  package let changes: [Change]

  init(from old: WalletDocumentVersion, to new: WalletDocumentVersion) {
    (from, to) = (old.version, new.version)
    changes = Self.changes(old.document, new.document, at: "")
  }

  static func changes(_ old: JSONValue, _ new: JSONValue, at pointer: String) -> [Change] {
    switch (old, new) {
    case (.object, .object): members(old, new, pointer)
    case (.array(let left), .array(let right)): elements(left, right, pointer)
    default: old == new ? [] : [Change(kind: .changed, pointer: pointer, old: old, new: new)]
    }
  }

  private static func members(_ old: JSONValue, _ new: JSONValue, _ pointer: String) -> [Change] {
    let names = Set(old.members.map(\.name)).union(new.members.map(\.name)).sorted()
    return names.flatMap { name in one(old[name], new[name], at: JSONPointer.appending(name, to: pointer)) }
  }

  private static func elements(_ old: [JSONValue], _ new: [JSONValue], _ pointer: String) -> [Change] {
    (0..<max(old.count, new.count)).flatMap { index in
      one(
        index < old.count ? old[index] : nil, index < new.count ? new[index] : nil, at: JSONPointer.appending(index, to: pointer))
    }
  }

  private static func one(_ old: JSONValue?, _ new: JSONValue?, at pointer: String) -> [Change] {
    switch (old, new) {
    case (let old?, let new?): changes(old, new, at: pointer)
    case (nil, let new?): [Change(kind: .added, pointer: pointer, old: nil, new: new)]
    case (let old?, nil): [Change(kind: .removed, pointer: pointer, old: old, new: nil)]
    case (nil, nil): []
    }
  }

  package var json: JSONValue {
    ["from": .integer(from), "to": .integer(to), "changes": .array(changes.map(Self.json))]
  }

  private static func json(_ change: Change) -> JSONValue {
    var members: [(String, JSONValue)] = [("change", .string(change.kind.rawValue)), ("pointer", .string(change.pointer))]
    if let old = change.old { members.append(("old", old)) }
    if let new = change.new { members.append(("new", new)) }
    return .members(members)
  }

  package static var jsonSchema: JSONSchema {
    let change = JSONSchema.object(
      name: "WalletDocumentChange",
      fields: [
        .required("change", .choice(Change.Kind.allCases.map(\.rawValue)), "What happened at the place."),
        .required("pointer", .text(max: 4096, min: 0), "The place, a JSON pointer."),
        .optional("old", .any, "What was there; absent for what was added."),
        .optional("new", .any, "What is there; absent for what was removed."),
      ])
    return .object(
      name: "WalletDocumentDifference",
      fields: [
        .required("from", .identifier, "The version that is compared with."), .required("to", .identifier, "The version that is compared."),
        .required("changes", .array(items: change, countMax: 10_000), "Every place that differs; empty when the documents are equal."),
      ])
  }
}
