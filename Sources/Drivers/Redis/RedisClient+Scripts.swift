import Synchronization

/// Lua scripts, which the server runs as one indivisible step.
extension RedisClient {
  /// Runs a script. The text must be a constant of the code: each new text stays in the server's and in this client's memory.
  ///
  /// The text is sent once (SCRIPT LOAD) and named by its digest from then on (EVALSHA). A server that has forgotten it, after a restart
  /// or a failover, is sent the text again; that is safe, because NOSCRIPT means that nothing ran.
  package func evaluate(
    _ script: String, keys: [String] = [], arguments: [RedisArgument] = [], deadline: Duration? = nil
  ) async throws(RedisError) -> RedisValue {
    let operands = [RedisArgument(keys.count)] + keys.map { RedisArgument($0) } + arguments
    do throws(RedisError) {
      return try await send(["EVALSHA", RedisArgument(try await digest(of: script))] + operands, deadline: deadline)
    } catch {
      guard error.serverCode == "NOSCRIPT" else { throw error }
      return try await send(["EVAL", RedisArgument(script)] + operands, deadline: deadline)
    }
  }

  private func digest(of script: String) async throws(RedisError) -> String {
    if let known = scripts.withLock({ $0[script] }) { return known }
    let digest = try await send(["SCRIPT", "LOAD", RedisArgument(script)]).string(from: "SCRIPT LOAD")
    scripts.withLock { $0[script] = digest }
    return digest
  }
}
