internal import Contracts
internal import Kernel
internal import Platform

/// A host and what it leads to.
struct BindingEntry: JSONReplyBody, Hashable {
  let binding: DomainBinding

  init(_ binding: DomainBinding) { self.binding = binding }

  var json: JSONValue { .members(members) }

  var members: [(String, JSONValue)] {
    [
      ("host", .string(binding.host)), ("kind", .string(binding.target.kind.rawValue)), ("brand_id", .init(binding.brand.rawValue)),
      (binding.target.kind == .agent ? "agent_id" : "level_id", .init(binding.target.number)),
    ]
  }

  static let fields: [JSONSchema.Field] = [
    .required("host", .string(length: 1...HostName.bytesMax, pattern: .hostName), "Host name in lower case, without port."),
    .required("kind", .choice(DomainBinding.Kind.allCases.map(\.rawValue)), "What the host is for."),
    .required("brand_id", .identifier, "The brand that its requests belong to."),
    .optional("agent_id", .identifier, "The agent, for kind agent."),
    .optional("level_id", .identifier, "The player level, for kind level."),
  ]

  static let jsonSchema = JSONSchema.object(name: "DomainBinding", fields: fields)
}
