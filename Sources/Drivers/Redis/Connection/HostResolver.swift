import Glibc

/// Turns host names into addresses on a thread of its own: `getaddrinfo` blocks for as long as the name server is silent, and neither the
/// reactor nor the cooperative pool may stand still for it.
enum HostResolver {
  static func resolve(_ endpoint: RedisEndpoint, until deadline: ContinuousClock.Instant) async throws(RedisError) -> RedisEndpoint {
    guard case .tcp(let host, let port) = endpoint, !isNumeric(host) else { return endpoint }
    guard let address = await lookUp(host, until: deadline) else {
      throw RedisError(.unreachable, "The host name \(host) could not be looked up.")
    }
    return .tcp(host: address, port: port)
  }

  private static func isNumeric(_ host: String) -> Bool {
    var address = in6_addr()
    return inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1
  }

  /// The first address of the host; nil when there is none by the deadline, when the look-up is left to itself.
  private static func lookUp(_ host: String, until deadline: ContinuousClock.Instant) async -> String? {
    let answer = HostAnswer()
    startThread(HostQuestion(host: host, answer: answer))
    await race(
      { await answer.latch.wait() },
      { try? await Task.sleep(until: deadline, clock: .continuous) })
    return answer.address
  }

  private static func startThread(_ question: HostQuestion) {
    let argument = Unmanaged.passRetained(question)
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<HostQuestion>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument.toOpaque())
    guard failure == 0 else {
      argument.release()
      return question.answer.set(nil)
    }
    pthread_detach(thread)
  }
}
