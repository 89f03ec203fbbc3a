internal import PrivateServers

/// A TCP port on 127.0.0.1 that nobody listens on.
package enum FreePort {
  /// Prefer binding to port 0 and asking what it became; this is for programs that must be told a number. Another program may take
  /// the port before it is used.
  package static func next() throws -> Int { try LoopbackPort.free() }
}
