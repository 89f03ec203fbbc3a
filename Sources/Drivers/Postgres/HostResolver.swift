internal import Glibc

/// Looks up host names on a thread that may block.
enum HostResolver {
  /// The host's addresses as digits. A socket directory and an address that is one already need none: the answer is an empty text.
  static func addresses(of host: String) async throws(PostgresError) -> [String] {
    if host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") { return [""] }
    if isNumeric(host) { return [host] }
    let addresses = await withCheckedContinuation { continuation in
      LookUp(host: host, continuation: continuation).start()
    }
    guard !addresses.isEmpty else { throw PostgresError(.unreachable, "the host name \(host) is not known", operation: "connect") }
    return addresses
  }

  private static func isNumeric(_ host: String) -> Bool {
    var storage = in6_addr()
    return inet_pton(AF_INET, host, &storage) == 1 || inet_pton(AF_INET6, host, &storage) == 1
  }

  fileprivate static func lookUp(_ host: String) -> [String] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var addresses: [String] = []
    var next = list
    while let entry = next {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let code = getnameinfo(entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
      if code == 0, let address = text.withUnsafeBufferPointer({ $0.baseAddress.map { String(cString: $0) } }) { addresses.append(address) }
      next = entry.pointee.ai_next
    }
    return addresses
  }
}

/// One query of the system's resolver, on a thread of its own: it may block for many seconds, and Swift's tasks share a few threads.
private final class LookUp: Sendable {
  private let host: String
  private let continuation: CheckedContinuation<[String], Never>

  init(host: String, continuation: CheckedContinuation<[String], Never>) {
    self.host = host
    self.continuation = continuation
  }

  func start() {
    let context = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let query = Unmanaged<LookUp>.fromOpaque(argument).takeRetainedValue()
        query.continuation.resume(returning: HostResolver.lookUp(query.host))
        return nil
      }, context.toOpaque())
    if failure == 0 {
      pthread_detach(thread)
    } else {
      context.release()
      continuation.resume(returning: [])
    }
  }
}
