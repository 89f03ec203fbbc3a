internal import Kernel
internal import Platform

/// A dead letter as a file of the spool: a line with the digest of all that follows, then one JSON object (`docs/formats/dead-letter.md`).
enum DeadLetterFile {
  private static let heading = "cordon dead letter 1 "

  static func bytes(of letter: DeadLetter) -> [UInt8] {
    let headers = letter.headers.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.array($0.value.map { .string($0) })) }
    let text = JSONWriter.text(of: [
      "letter_id": .string(letter.id.description), "provider": .string(letter.provider), "operation": .string(letter.operation),
      "method": .string(letter.method), "path": .string(letter.path), "outbound_account": .string(letter.outboundAccount),
      "reason": .string(letter.reason), "request_id": .string(letter.requestID),
      "content_type": letter.contentType.map { .string($0) } ?? .null, "headers": .members(headers),
      "raw_body": .string(Base64URL.encode(letter.body)), "received_at_microseconds": .integer(letter.receivedAt.microseconds),
    ])
    return Array("\(heading)\(DeadLetterDigest.text(text))\n\(text)".utf8)
  }

  /// Nil for a file that was torn, altered, or is something else.
  static func letter(in bytes: [UInt8]) -> DeadLetter? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let content = Array(bytes[(end + 1)...])
    guard String(decoding: bytes[..<end], as: UTF8.self) == heading + DeadLetterDigest.text(content) else { return nil }
    guard let value = try? JSONDocument.parse(content) else { return nil }
    return letter(value)
  }

  private static func letter(_ value: JSONValue) -> DeadLetter? {
    guard let id = value["letter_id"]?.text.flatMap({ UUIDv7(text: $0) }), let provider = value["provider"]?.text,
      let operation = value["operation"]?.text, let method = value["method"]?.text, let path = value["path"]?.text,
      let account = value["outbound_account"]?.text, let reason = value["reason"]?.text, let requestID = value["request_id"]?.text,
      let body = value["raw_body"]?.text.flatMap({ Base64URL.decode($0) }), case .number(let received)? = value["received_at_microseconds"],
      let microseconds = Int64(received), case .object(let headers)? = value["headers"]
    else { return nil }
    return DeadLetter(
      id: id, provider: provider, operation: operation, method: method, path: path, outboundAccount: account, reason: reason,
      requestID: requestID, contentType: value["content_type"]?.text,
      headers: headers.reduce(into: [:]) { kept, member in
        if case .array(let values) = member.value { kept[member.name] = values.compactMap(\.text) }
      }, body: body, receivedAt: Timestamp(microseconds: microseconds))
  }
}
