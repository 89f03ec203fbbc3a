internal import Contracts
internal import Platform

/// A durable binding beside what the gateway finds for its host.
struct ResolvedBinding: JSONReplyBody {
  enum Live: String, CaseIterable {
    /// Redis says the same.
    case same
    case missing
    case different
    case unreadable
  }

  let entry: BindingEntry
  let live: Live

  var json: JSONValue { .members(entry.members + [("redis", .string(live.rawValue))]) }

  static let jsonSchema = JSONSchema.object(
    name: "ResolvedDomainBinding",
    fields: BindingEntry.fields + [
      .required(
        "redis", .choice(Live.allCases.map(\.rawValue)),
        "What Redis, which the gateway asks, says of the host. Anything but same wants a rebuild."
      )
    ])
}
