/// One entry of a stream.
package struct RedisStreamEntry: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    package let name: String
    package let value: [UInt8]
  }

  package let stream: String
  /// `milliseconds-sequence`, unique and rising within the stream.
  package let id: String
  /// In the order in which they were added. Empty for an entry that was deleted while it was pending.
  package let fields: [Field]

  /// The first field of that name.
  package subscript(name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  /// The first field of that name as text; nil when there is none or when it isn't UTF-8.
  package func text(_ name: String) -> String? { self[name].flatMap { String(validating: $0, as: UTF8.self) } }

  /// Reads `[id, [name, value, …]]`.
  init(_ reply: RedisValue, stream: String, from command: String) throws(RedisError) {
    guard let parts = reply.array, parts.count == 2, let id = parts[0].text else { throw reply.surprise(from: command) }
    let words = try parts[1].list(from: command)
    guard words.count.isMultiple(of: 2) else { throw reply.surprise(from: command) }
    var fields: [Field] = []
    for index in stride(from: 0, to: words.count, by: 2) {
      guard let name = words[index].text, let value = words[index + 1].bytes else { throw reply.surprise(from: command) }
      fields.append(Field(name: name, value: value))
    }
    self.stream = stream
    self.id = id
    self.fields = fields
  }

  /// Reads the entries of one stream. Redis before 7 leaves null where a claimed entry was deleted.
  static func list(_ reply: RedisValue, stream: String, from command: String) throws(RedisError) -> [RedisStreamEntry] {
    var entries: [RedisStreamEntry] = []
    for item in try reply.list(from: command) where item != .null {
      entries.append(try RedisStreamEntry(item, stream: stream, from: command))
    }
    return entries
  }
}
