package import Kernel

/// Which request id a request has. Pure but for the new id.
package enum RequestIDRules {
  /// The caller's id if it is 1 to 128 visible ASCII characters, else nil.
  package static func accepted(_ header: String?) -> String? {
    guard let header else { return nil }
    let bytes = header.utf8
    guard (1...Limits.requestIDCharactersMax).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    return header
  }

  package static func next(clock: WallClock = .system) -> String { UUIDv7.next(clock: clock).description }
}
