internal import HTTPTypes
internal import NIOCore

/// Writes the heads that leave the gateway. Fields that pass are copied as bytes, runs of neighbours in one go.
enum HeadWriter {
  /// The request as the service gets it: same target, same fields without the dropped ones, one framing field, then `added`.
  /// - Parameter added: complete lines, each with its CR LF.
  /// - Parameter framing: of the body as it will be sent, which differs from the head's when the body was collected first.
  static func request(
    _ head: RequestHead, framing: BodyFraming, passesTracestate: Bool, added: ByteBuffer, into buffer: inout ByteBuffer
  ) {
    copy(head.methodAndTarget, of: head.bytes, into: &buffer)
    buffer.writeStaticString(" HTTP/1.1\r\n")
    copyFields(head.fields, of: head.bytes, into: &buffer) { kind in
      switch kind {
      case .other, .host, .authorization: true
      case .tracestate: passesTracestate
      case .contentLength, .transferEncoding, .connection, .expect, .requestID, .traceparent, .forwardedFor, .dropped: false
      }
    }
    write(framing, sendsZeroLength: head.verb != .get && head.verb != .head, into: &buffer)
    buffer.writeImmutableBuffer(added)
    buffer.writeStaticString("\r\n")
  }

  /// The response as the client gets it.
  /// - Parameter framing: how the body is marked on this connection; `.untilClose` writes no framing field.
  /// - Parameter keepsLength: whether the service's own Content-Length passes although no body follows (HEAD, 304).
  static func response(
    _ head: ResponseHead, framing: BodyFraming, keepsLength: Bool, requestID: String, closes: Bool, into buffer: inout ByteBuffer
  ) {
    buffer.writeStaticString("HTTP/1.1 ")
    copy(head.statusAndReason, of: head.bytes, into: &buffer)
    // The status line ends in a space when the reason is empty, whether the service wrote that space or not.
    buffer.writeStaticString(head.statusAndReason.count == 3 ? " \r\n" : "\r\n")
    copyFields(head.fields, of: head.bytes, into: &buffer) { kind in
      switch kind {
      case .other, .traceparent, .tracestate, .host, .authorization, .expect, .forwardedFor: true
      case .contentLength: keepsLength
      case .transferEncoding, .connection, .requestID, .dropped: false
      }
    }
    if !keepsLength { write(framing, sendsZeroLength: head.status >= 200 && head.status != 204 && head.status != 304, into: &buffer) }
    buffer.writeStaticString("x-request-id: ")
    buffer.writeString(requestID)
    buffer.writeStaticString(closes ? "\r\nconnection: close\r\n\r\n" : "\r\n\r\n")
  }

  /// A whole answer of the gateway itself.
  static func page(_ page: LocalPage, omitsBody: Bool, requestID: String, closes: Bool, into buffer: inout ByteBuffer) {
    buffer.writeStaticString("HTTP/1.1 ")
    buffer.writeString(String(page.status))
    buffer.writeStaticString(" ")
    buffer.writeString(HTTPResponse.Status(code: page.status).reasonPhrase)
    buffer.writeStaticString("\r\n")
    for field in page.fields { buffer.writeString("\(field.name): \(field.value)\r\n") }
    buffer.writeString("content-length: \(page.body.count)\r\nx-request-id: \(requestID)")
    buffer.writeStaticString(closes ? "\r\nconnection: close\r\n\r\n" : "\r\n\r\n")
    if !omitsBody { buffer.writeBytes(page.body) }
  }

  /// The line before a chunk's bytes; the caller writes the bytes and ``chunkEnd`` after it.
  static func chunkSize(_ size: Int, into buffer: inout ByteBuffer) {
    buffer.writeString(String(size, radix: 16))
    buffer.writeStaticString("\r\n")
  }

  static let chunkEnd: StaticString = "\r\n"
  static let lastChunk: StaticString = "0\r\n\r\n"

  private static func write(_ framing: BodyFraming, sendsZeroLength: Bool, into buffer: inout ByteBuffer) {
    switch framing {
    case .none:
      if sendsZeroLength { buffer.writeStaticString("content-length: 0\r\n") }
    case .length(let length):
      buffer.writeStaticString("content-length: ")
      buffer.writeString(String(length))
      buffer.writeStaticString("\r\n")
    case .chunked: buffer.writeStaticString("transfer-encoding: chunked\r\n")
    case .untilClose: break
    }
  }

  private static func copy(_ range: Range<Int>, of source: ByteBuffer, into buffer: inout ByteBuffer) {
    source.withUnsafeReadableBytes { bytes in
      _ = buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
  }

  private static func copyFields(
    _ fields: [HeadField], of source: ByteBuffer, into buffer: inout ByteBuffer, where passes: (FieldKind) -> Bool
  ) {
    source.withUnsafeReadableBytes { bytes in
      var run: Range<Int>?
      for field in fields {
        if passes(field.kind) {
          run = (run?.lowerBound ?? Int(field.start))..<Int(field.end)
        } else if let passing = run {
          buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[passing]))
          run = nil
        }
      }
      if let passing = run { buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[passing])) }
    }
  }
}
