package import HTTPTypes
package import Kernel

/// A callback whose account is nobody's, as it came: what a replay needs, and what a person needs to find out why.
///
/// It has no brand. That one can't be told is why it exists; the raw account is what it is found by.
package struct DeadLetter: Hashable, Sendable {
  /// Chosen by whoever takes it in, so that keeping it twice is one row.
  package let id: UUIDv7
  package let provider: String
  /// What follows `/callbacks/{provider}/` in the path.
  package let operation: String
  package let method: String
  /// Path and query as they came.
  package let path: String
  package let outboundAccount: String
  /// Why the account is nobody's: the `reason` of `game_callback_brand_unresolved_total`.
  package let reason: String
  package let requestID: String
  package let contentType: String?
  /// By lower-case name, without secrets: ``DeadLetterHeaderRules``.
  package let headers: [String: [String]]
  package let body: [UInt8]
  package let receivedAt: Timestamp

  /// As it is taken in: texts are cut to what is kept, and secrets of the headers go.
  package init(
    provider: String, operation: String, method: String, path: String, outboundAccount: String, reason: String, requestID: String,
    headers: HTTPFields, body: [UInt8], receivedAt: Timestamp, id: UUIDv7 = .next()
  ) {
    self.init(
      id: id, provider: DeadLetterTextRules.storable(provider, bytesMax: 64),
      operation: DeadLetterTextRules.storable(operation, bytesMax: 256),
      method: DeadLetterTextRules.storable(method, bytesMax: 16),
      path: DeadLetterTextRules.storable(path, bytesMax: Limits.requestTargetBytesMax),
      outboundAccount: DeadLetterTextRules.storable(outboundAccount, bytesMax: DeadLetterTextRules.accountBytesMax),
      reason: DeadLetterTextRules.storable(reason, bytesMax: 64),
      requestID: DeadLetterTextRules.storable(requestID, bytesMax: Limits.requestIDCharactersMax),
      contentType: headers[.contentType].map { DeadLetterTextRules.storable($0, bytesMax: 256) },
      headers: DeadLetterHeaderRules.kept(headers.map { (name: $0.name.canonicalName, value: $0.value) }, digest: DeadLetterDigest.text),
      body: body, receivedAt: receivedAt)
  }

  /// As it was kept.
  init(
    id: UUIDv7, provider: String, operation: String, method: String, path: String, outboundAccount: String, reason: String,
    requestID: String, contentType: String?, headers: [String: [String]], body: [UInt8], receivedAt: Timestamp
  ) {
    self.id = id
    self.provider = provider.isEmpty ? "unknown" : provider
    self.operation = operation
    self.method = method
    self.path = path
    self.outboundAccount = outboundAccount
    self.reason = reason.isEmpty ? "unknown" : reason
    self.requestID = requestID
    self.contentType = contentType
    self.headers = headers
    self.body = body
    self.receivedAt = receivedAt
  }

  /// The headers that a replay hands to the pipeline: those that were kept as they came.
  package var replayHeaders: HTTPFields {
    var fields = HTTPFields()
    for (name, values) in headers.sorted(by: { $0.key < $1.key }) where !DeadLetterHeaderRules.isSecret(name) {
      guard let name = HTTPField.Name(name) else { continue }
      for value in values { fields.append(HTTPField(name: name, value: value)) }
    }
    return fields
  }
}
