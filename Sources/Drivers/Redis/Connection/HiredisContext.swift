import CHiredis
import Glibc

/// Owns one `redisContext`: a non-blocking socket with hiredis's output buffer and reply parser. No call blocks.
struct HiredisContext: ~Copyable {
  private let context: UnsafeMutablePointer<redisContext>

  /// hiredis reads this much at once; a read that fills it suggests that more is waiting.
  private static let readChunkBytes = 16 * 1024
  /// After so many full reads the other connections of the reactor get their turn.
  private static let fullReadsPerTurnMax = 16

  /// Starts connecting; the socket becomes writable when that has succeeded or failed (see ``connectionFailure()``).
  ///
  /// A TCP host must be a numeric address, because hiredis would look a name up on the spot and stop the reactor meanwhile.
  init(connectingTo endpoint: RedisEndpoint) throws(RedisError) {
    let made =
      switch endpoint {
      case .tcp(let host, let port): redisConnectNonBlock(host, Int32(port))
      case .unix(let path): redisConnectUnixNonBlock(path)
      }
    guard let made else { throw RedisError(.unreachable, "There is no memory for a connection to \(endpoint).") }
    guard made.pointee.err == 0 else {
      let fault = Self.fault(of: made)
      redisFree(made)
      throw RedisError(.unreachable, "Connecting to \(endpoint) failed: \(fault).")
    }
    // Child processes (private servers, for example) must not hold our connections open.
    _ = fcntl(made.pointee.fd, F_SETFD, FD_CLOEXEC)
    context = made
  }

  deinit { redisFree(context) }

  var descriptor: Int32 { context.pointee.fd }

  /// What became of the attempt to connect, once the socket is writable: nil, or the system's sentence.
  func connectionFailure() -> String? {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return String(cString: strerror(errno)) }
    return code == 0 ? nil : String(cString: strerror(code))
  }

  /// Appends an encoded command to the output buffer.
  mutating func append(_ command: [UInt8]) throws(RedisError) {
    let result = command.withUnsafeBytes { bytes in
      redisAppendFormattedCommand(context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard result == REDIS_OK else { throw failure(.connectionLost) }
  }

  /// Writes what the socket takes; returns true when nothing is left.
  mutating func write() throws(RedisError) -> Bool {
    var done: Int32 = 0
    guard redisBufferWrite(context, &done) == REDIS_OK else { throw failure(.connectionLost) }
    return done == 1
  }

  /// Reads what the socket has and returns the replies that are complete. An error is thrown only when there is no reply to return
  /// before it; it comes again with the next call.
  mutating func read() throws(RedisError) -> [RedisValue] {
    var values: [RedisValue] = []
    for _ in 0..<Self.fullReadsPerTurnMax {
      let before = context.pointee.reader.pointee.len
      guard redisBufferRead(context) == REDIS_OK else {
        if values.isEmpty { throw failure(.connectionLost) }
        break
      }
      let received = context.pointee.reader.pointee.len - before
      while let value = try parse() { values.append(value) }
      if received < Self.readChunkBytes { break }
    }
    return values
  }

  private mutating func parse() throws(RedisError) -> RedisValue? {
    var reply: UnsafeMutableRawPointer?
    guard redisGetReplyFromReader(context, &reply) == REDIS_OK else { throw failure(.protocolViolation) }
    guard let reply else { return nil }
    defer { freeReplyObject(reply) }
    return try Self.value(of: reply.assumingMemoryBound(to: redisReply.self).pointee)
  }

  private func failure(_ kind: RedisError.Kind) -> RedisError {
    RedisError(context.pointee.err == REDIS_ERR_PROTOCOL ? .protocolViolation : kind, "The connection broke: \(Self.fault(of: context)).")
  }

  private static func fault(of context: UnsafeMutablePointer<redisContext>) -> String {
    withUnsafeBytes(of: &context.pointee.errstr) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// hiredis bounds the nesting of arrays to seven, and so the depth of this recursion.
  private static func value(of reply: redisReply) throws(RedisError) -> RedisValue {
    switch reply.type {
    case REDIS_REPLY_STRING: return .string(bytes(of: reply))
    case REDIS_REPLY_STATUS: return .status(String(decoding: bytes(of: reply), as: UTF8.self))
    case REDIS_REPLY_ERROR: return .error(String(decoding: bytes(of: reply), as: UTF8.self))
    case REDIS_REPLY_INTEGER: return .integer(reply.integer)
    case REDIS_REPLY_NIL: return .null
    case REDIS_REPLY_ARRAY:
      var values: [RedisValue] = []
      values.reserveCapacity(reply.elements)
      for index in 0..<reply.elements {
        guard let element = reply.element?[index] else { throw RedisError(.protocolViolation, "An array has a hole.") }
        values.append(try value(of: element.pointee))
      }
      return .array(values)
    default: throw RedisError(.protocolViolation, "A reply has the unknown type \(reply.type).")
    }
  }

  private static func bytes(of reply: redisReply) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: reply.str, count: reply.len))
  }
}
