/// What the gateway does with a field of a head; everything that has no case of its own passes as it is.
enum FieldKind: UInt8 {
  case other
  case host
  case contentLength
  case transferEncoding
  case connection
  case expect
  case authorization
  case requestID
  case traceparent
  case tracestate
  case forwardedFor
  /// Belongs to one connection (RFC 9110 section 7.6.1), claims to come from inside (`HeaderNames.internalOnly`), or tells a
  /// story about the client that only the gateway may tell. Never passes in either direction.
  case dropped

  /// - Parameter name: a field name as it came, in any case.
  init(name: UnsafeRawBufferPointer) {
    let candidates: [(StaticString, FieldKind)]
    switch name.count {
    case 2: candidates = Self.length2
    case 4: candidates = Self.length4
    case 6: candidates = Self.length6
    case 7: candidates = Self.length7
    case 9: candidates = Self.length9
    case 10: candidates = Self.length10
    case 11: candidates = Self.length11
    case 12: candidates = Self.length12
    case 13: candidates = Self.length13
    case 14: candidates = Self.length14
    case 15: candidates = Self.length15
    case 16: candidates = Self.length16
    case 17: candidates = Self.length17
    case 18: candidates = Self.length18
    case 19: candidates = Self.length19
    case 24: candidates = Self.length24
    default:
      self = .other
      return
    }
    for (known, kind) in candidates where known.equalsIgnoringCase(name) {
      self = kind
      return
    }
    self = .other
  }

  private static let length2: [(StaticString, FieldKind)] = [("te", .dropped)]
  private static let length4: [(StaticString, FieldKind)] = [("host", .host)]
  private static let length6: [(StaticString, FieldKind)] = [("expect", .expect)]
  private static let length7: [(StaticString, FieldKind)] = [("trailer", .dropped), ("upgrade", .dropped)]
  private static let length9: [(StaticString, FieldKind)] = [("forwarded", .dropped), ("x-real-ip", .dropped)]
  private static let length10: [(StaticString, FieldKind)] = [
    ("connection", .connection), ("keep-alive", .dropped), ("x-brand-id", .dropped), ("tracestate", .tracestate),
  ]
  private static let length11: [(StaticString, FieldKind)] = [("traceparent", .traceparent), ("x-player-id", .dropped)]
  private static let length12: [(StaticString, FieldKind)] = [("x-request-id", .requestID), ("x-session-id", .dropped)]
  private static let length13: [(StaticString, FieldKind)] = [
    ("authorization", .authorization), ("x-operator-id", .dropped), ("x-origin-host", .dropped),
  ]
  private static let length14: [(StaticString, FieldKind)] = [("content-length", .contentLength)]
  private static let length15: [(StaticString, FieldKind)] = [("x-forwarded-for", .forwardedFor)]
  private static let length16: [(StaticString, FieldKind)] = [
    ("x-caller-service", .dropped), ("x-client-address", .dropped), ("proxy-connection", .dropped), ("x-forwarded-host", .dropped),
    ("x-forwarded-port", .dropped),
  ]
  private static let length17: [(StaticString, FieldKind)] = [
    ("transfer-encoding", .transferEncoding), ("x-brand-signature", .dropped), ("x-forwarded-proto", .dropped),
  ]
  private static let length18: [(StaticString, FieldKind)] = [("proxy-authenticate", .dropped)]
  private static let length19: [(StaticString, FieldKind)] = [("proxy-authorization", .dropped)]
  private static let length24: [(StaticString, FieldKind)] = [("x-internal-service-token", .dropped)]
}

extension StaticString {
  /// Whether `bytes` spell this lower-case ASCII string in any case. The string holds letters, digits and hyphens only.
  func equalsIgnoringCase(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count where bytes[index] | 0x20 != utf8Start[index] { return false }
    return true
  }
}
