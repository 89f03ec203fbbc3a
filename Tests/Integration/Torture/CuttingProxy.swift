import Foundation
import Glibc
import Synchronization

/// A TCP proxy before a server that cuts each connection after a random number of bytes of requests or of answers: with a reset or with an
/// orderly end, so that the other side sees half a message, or a whole one whose answer never comes.
final class CuttingProxy: Sendable {
  private struct Counts {
    var requests = 0
    var answers = 0
  }

  let port: Int
  private let listener: Int32
  private let upstream: Int
  private let counts = Mutex(Counts())
  private let stopped = Atomic<Bool>(false)

  /// - Parameter upstream: the server's port; nobody needs to listen there yet.
  init(upstream: Int, seed: UInt64) throws {
    let bound = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = CuttingLink.loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(bound, address, length) == 0 && listen(bound, 512) == 0 && getsockname(bound, address, &length) == 0
      }
    }
    guard bound >= 0, status else { throw POSIXError(.EADDRNOTAVAIL) }
    listener = bound
    self.upstream = upstream
    port = Int(in_port_t(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in serve(SeededRandom(seed: seed, worker: -7)) }
  }

  /// How many connections were cut within a request, and within an answer.
  var cuts: (requests: Int, answers: Int) { counts.withLock { ($0.requests, $0.answers) } }

  /// Ends all connections.
  func stop() { stopped.store(true, ordering: .releasing) }

  private func serve(_ generator: SeededRandom) {
    var random = generator
    var links: [CuttingLink] = []
    while !stopped.load(ordering: .acquiring) {
      var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
      for link in links { polled += [link.client, link.server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) } }
      guard poll(&polled, nfds_t(polled.count), 50) > 0 else { continue }
      var left: [CuttingLink] = []
      for (index, link) in links.enumerated() where pass(link, polled[1 + 2 * index], polled[2 + 2 * index]) { left.append(link) }
      links = left
      if polled[0].revents != 0, let link = CuttingLink(accepting: listener, upstream: upstream, &random) { links.append(link) }
    }
    for link in links { link.end(resets: false) }
    close(listener)
  }

  /// - Returns: whether the connection goes on.
  private func pass(_ link: CuttingLink, _ client: pollfd, _ server: pollfd) -> Bool {
    if client.revents != 0 {
      switch link.moveRequest() {
      case .goesOn: break
      case .ended: return false
      case .cut:
        counts.withLock { $0.requests += 1 }
        return false
      }
    }
    if server.revents != 0 {
      switch link.moveAnswer() {
      case .goesOn: break
      case .ended: return false
      case .cut:
        counts.withLock { $0.answers += 1 }
        return false
      }
    }
    return true
  }
}
