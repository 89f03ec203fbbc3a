internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1

/// An answer as the bytes of HTTP/1.1. `HTTPField` lets no control character into a name or value, so that no answer can hold another one.
enum ReplyWriter {
  static let goAhead = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")

  /// - Parameters:
  ///   - isHead: the answer to a HEAD: it tells the body's length and leaves the body out.
  ///   - closes: the connection's end follows.
  static func bytes(of reply: Reply, isHead: Bool, closes: Bool) -> ByteBuffer {
    var bytes = ByteBuffer()
    bytes.reserveCapacity(512 + (isHead ? 0 : reply.body.count))
    bytes.writeStaticString("HTTP/1.1 ")
    bytes.writeString(String(reply.status.code))
    bytes.writeStaticString(" ")
    bytes.writeString(HTTPResponseStatus(statusCode: reply.status.code).reasonPhrase)
    for field in reply.headers where field.name != .connection && field.name != .contentLength {
      bytes.writeStaticString("\r\n")
      bytes.writeString(field.name.rawName)
      bytes.writeStaticString(": ")
      bytes.writeString(field.value)
    }
    writeEnd(of: reply, closes, &bytes)
    if !isHead { bytes.writeBytes(reply.body) }
    return bytes
  }

  private static func writeEnd(of reply: Reply, _ closes: Bool, _ bytes: inout ByteBuffer) {
    if reply.status.code != 204, reply.status.code != 304 {
      bytes.writeStaticString("\r\ncontent-length: ")
      bytes.writeString(String(reply.body.count))
    }
    bytes.writeStaticString("\r\ndate: ")
    bytes.writeString(HTTPDate.now())
    if closes { bytes.writeStaticString("\r\nconnection: close") }
    bytes.writeStaticString("\r\n\r\n")
  }
}
