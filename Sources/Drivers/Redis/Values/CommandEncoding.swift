import CHiredis

/// Commands as bytes on the wire.
enum CommandEncoding {
  /// The command in RESP, made by hiredis. It runs in the caller's task, so that the reactor's one thread only copies.
  static func encode(_ command: [RedisArgument]) throws(RedisError) -> [UInt8] {
    guard !command.isEmpty else { throw RedisError(.misconfigured, "A command without words can't be sent.") }
    let lengths = command.map(\.bytes.count)
    // The words lie one after the other in one buffer, so that all pointers live as long as one closure.
    let joined = command.flatMap(\.bytes)
    let encoded: [UInt8]? = joined.withUnsafeBytes { buffer in
      // hiredis asks for a pointer even where the length is nought.
      let base = buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
      var offset = 0
      var words = lengths.map { length in
        defer { offset += length }
        return base?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
      }
      var target: UnsafeMutablePointer<CChar>?
      let size = redisFormatCommandArgv(&target, Int32(words.count), &words, lengths)
      guard size > 0, let target else { return nil }
      defer { redisFreeCommand(target) }
      return Array(UnsafeRawBufferPointer(start: target, count: Int(size)))
    }
    guard let encoded else { throw RedisError(.misconfigured, "The command \(name(of: command)) can't be encoded.") }
    return encoded
  }

  /// The command's first word, which is all of it that an error may repeat.
  static func name(of command: [RedisArgument]) -> String {
    command.first.map { String(decoding: $0.bytes.prefix(32), as: UTF8.self) } ?? ""
  }
}
