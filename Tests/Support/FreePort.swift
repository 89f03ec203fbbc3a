internal import PrivateServers
internal import Synchronization

/// A TCP port on 127.0.0.1 that nobody listens on.
package enum FreePort {
  /// Prefer binding to port 0 and asking what it became; this is for programs that must be told a number. Another program may take
  /// the port before it is used.
  package static func next() throws -> Int {
    while true {
      let port = try LoopbackPort.free()
      // Two tests of this run never get the same one, however late they use it.
      if given.withLock({ $0.insert(port).inserted }) { return port }
    }
  }

  private static let given = Mutex<Set<Int>>([])
}
