internal import HTTPTypes
internal import Kernel
internal import NIOHTTP1

/// Whether a request's head is one that Cordon takes. Pure. The parser has checked its grammar; this checks its meaning.
enum RequestHeadRules {
  /// Nil when the head is acceptable.
  static func refusal(of head: HTTPRequestHead, limits: HTTPLimits) -> Problem? {
    guard head.version == .http1_1 else { return Problem(.httpVersionNotSupported) }
    guard head.uri.utf8.count <= Limits.requestTargetBytesMax else { return Problem(.targetTooLong) }
    guard head.uri.hasPrefix("/"), head.uri.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x23 }) else {
      return Problem(.malformedRequest, detail: "The request target must be a path")
    }
    // RFC 9112 section 3.2: exactly one Host. Two are how a proxy and a server are made to see different sites.
    guard head.headers[canonicalForm: "host"].count == 1, isHost(head.headers.first(name: "host") ?? "") else {
      return Problem(.malformedRequest, detail: "Exactly one valid Host header is needed")
    }
    return lengthRefusal(of: head, limits: limits) ?? expectationRefusal(of: head)
  }

  /// The parser refuses contradicting lengths already. This holds if it should ever be lenient: one framing per request, or none.
  private static func lengthRefusal(of head: HTTPRequestHead, limits: HTTPLimits) -> Problem? {
    let lengths = head.headers["content-length"]
    let codings = head.headers["transfer-encoding"]
    guard lengths.count + codings.count <= 1 else { return Problem(.malformedRequest, detail: "The body's length is given twice") }
    if let coding = codings.first, coding.lowercased() != "chunked" {
      return Problem(.malformedRequest, detail: "The only transfer coding is chunked")
    }
    if let length = lengths.first {
      guard let bytes = Decimal64.parse(length) else { return Problem(.malformedRequest, detail: "Content-Length is not a number") }
      guard bytes <= Int64(limits.bodyBytesMax) else { return Problem(.bodyTooLarge) }
    }
    return nil
  }

  private static func expectationRefusal(of head: HTTPRequestHead) -> Problem? {
    guard let expectation = head.headers.first(name: "expect") else { return nil }
    return expectation.lowercased() == "100-continue" ? nil : Problem(.malformedRequest, detail: "The only expectation is 100-continue")
  }

  /// Letters, digits, `.`, `-`, `:` and the brackets of an IPv6 address; anything else has no business in a host and port.
  private static func isHost(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 261
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F].contains(byte)
      }
  }
}
