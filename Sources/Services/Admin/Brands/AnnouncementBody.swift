internal import Contracts
internal import Platform

/// What became of an announcement.
struct AnnouncementBody: JSONReplyBody {
  let channel: String
  let heardBy: Int

  var json: JSONValue { ["channel": .string(channel), "subscribers": .init(Int64(heardBy))] }

  static let jsonSchema = JSONSchema.object(
    name: "Announcement",
    fields: [
      .required("channel", .text(max: 64), "Where it was published."),
      .required("subscribers", .integer(0...Int64.max), "How many connections heard it."),
    ])
}
