internal import NIOCore

/// Whose address counts. `X-Forwarded-For` is believed only where a configured proxy wrote it.
struct ClientAddressRules: Sendable {
  private let trusted: [AddressRange]

  init(trusted: [AddressRange]) { self.trusted = trusted }

  /// The address of a connection's peer.
  func peer(_ address: SocketAddress?) -> ClientAddress {
    guard let text = address?.ipAddress, let octets = IPAddress(text: text) else {
      return ClientAddress(text: "unknown", bucket: "unknown")
    }
    return ClientAddress(octets)
  }

  func isTrusted(_ peer: ClientAddress) -> Bool {
    guard !trusted.isEmpty, let address = IPAddress(text: peer.text) else { return false }
    return trusted.contains { $0.contains(address) }
  }

  /// The nearest address that isn't a trusted proxy, reading the list from the right; each proxy appends the address it saw.
  /// An entry that is no address ends the reading: what is left of it could have been written by anyone.
  func client(of peer: ClientAddress, forwardedFor values: [String]) -> ClientAddress {
    guard isTrusted(peer) else { return peer }
    var nearest = peer
    for entry in values.joined(separator: ",").split(separator: ",").reversed() {
      let text = entry.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
      guard let address = IPAddress(text: String(text)) else { return nearest }
      nearest = ClientAddress(address)
      guard trusted.contains(where: { $0.contains(address) }) else { return nearest }
    }
    return nearest
  }
}
