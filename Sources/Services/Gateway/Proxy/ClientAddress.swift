/// Where a client is, as far as the gateway can know.
struct ClientAddress: Hashable, Sendable {
  /// The address as text: IPv4, or IPv6 in its short form.
  let text: String
  /// What is counted as one client: the address itself, for IPv6 its /64, which one household or one attacker holds whole.
  let bucket: String

  init(text: String, bucket: String) {
    self.text = text
    self.bucket = bucket
  }

  init(_ address: IPAddress) {
    text = address.text
    let network = address.octets.count == 16 ? IPAddress(octets: Array(address.octets[..<8]) + [UInt8](repeating: 0, count: 8)) : nil
    bucket = network.map { $0.text + "/64" } ?? text
  }
}
