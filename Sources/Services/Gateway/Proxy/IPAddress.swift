internal import Glibc

/// An IPv4 or IPv6 address as its bytes; an IPv4 address written inside IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
struct IPAddress: Hashable, Sendable {
  /// Four bytes or sixteen.
  let octets: [UInt8]

  init?(octets: [UInt8]) {
    if octets.count == 16, octets[..<10].allSatisfy({ $0 == 0 }), octets[10] == 0xFF, octets[11] == 0xFF {
      self.octets = Array(octets[12...])
    } else if octets.count == 4 || octets.count == 16 {
      self.octets = octets
    } else {
      return nil
    }
  }

  init?(text: String) {
    guard text.utf8.count <= 45 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 {
      self.init(octets: Array(bytes[..<4]))
    } else if inet_pton(AF_INET6, text, &bytes) == 1 {
      self.init(octets: bytes)
    } else {
      return nil
    }
  }

  /// The canonical text: dotted decimal, or IPv6 in its short form (RFC 5952).
  var text: String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = octets.count == 4 ? AF_INET : AF_INET6
    guard octets.withUnsafeBytes({ inet_ntop(family, $0.baseAddress, &buffer, socklen_t(buffer.count)) }) != nil else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
