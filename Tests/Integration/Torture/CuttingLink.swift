import Glibc

/// One connection through a ``CuttingProxy``, with the byte at which it is cut.
final class CuttingLink {
  enum Step { case goesOn, ended, cut }

  private static let blockBytes = 16 * 1024

  let client: Int32
  let server: Int32
  private var requestBytesLeft: Int
  private var answerBytesLeft: Int
  private let resets: Bool

  /// Nil when nobody listens behind the proxy: then the client's connection has been closed.
  init?(accepting listener: Int32, upstream: Int, _ random: inout SeededRandom) {
    client = accept(listener, nil, nil)
    server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    // The first bytes matter most: within the head, within the body, before anything of the answer.
    let bytes = random.below(random.pick([2, 400, 1_500, 8_000, 60_000]))
    let cutsRequests = random.chance(40)
    requestBytesLeft = cutsRequests ? bytes : .max
    answerBytesLeft = cutsRequests ? .max : bytes
    resets = random.chance(50)
    var limit = timeval(tv_sec: 2, tv_usec: 0)
    var on: Int32 = 1
    for descriptor in [client, server] {
      setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = Self.loopback(upstream)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard client >= 0, status == 0 else {
      close(client)
      close(server)
      return nil
    }
  }

  static func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    return address
  }

  func moveRequest() -> Step { move(from: client, to: server, &requestBytesLeft) }
  func moveAnswer() -> Step { move(from: server, to: client, &answerBytesLeft) }

  func end(resets: Bool) {
    if resets {
      var now = linger(l_onoff: 1, l_linger: 0)
      for descriptor in [client, server] { setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size)) }
    }
    close(client)
    close(server)
  }

  private func move(from source: Int32, to target: Int32, _ bytesLeft: inout Int) -> Step {
    var block = [UInt8](repeating: 0, count: Self.blockBytes)
    let count = recv(source, &block, block.count, 0)
    guard count > 0 else {
      end(resets: false)
      return .ended
    }
    let passed = min(count, bytesLeft)
    bytesLeft -= passed
    guard sendAll(block[..<passed], to: target) else {
      end(resets: false)
      return .ended
    }
    guard passed < count else { return .goesOn }
    end(resets: resets)
    return .cut
  }

  private func sendAll(_ bytes: ArraySlice<UInt8>, to target: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
