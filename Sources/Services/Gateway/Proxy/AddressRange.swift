/// A block of addresses in CIDR form: `10.0.0.0/8`, `2001:db8::/32`, or a single address.
struct AddressRange: Hashable, Sendable {
  let base: IPAddress
  let prefixBits: Int

  /// Nil for anything else, also for a prefix that is longer than the address.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let base = IPAddress(text: String(parts[0])) else { return nil }
    let bits = base.octets.count * 8
    guard let prefix = parts.count == 2 ? Int(parts[1]) : bits, (0...bits).contains(prefix) else { return nil }
    self.base = base
    self.prefixBits = prefix
  }

  func contains(_ address: IPAddress) -> Bool {
    guard address.octets.count == base.octets.count else { return false }
    let whole = prefixBits / 8
    guard address.octets[..<whole] == base.octets[..<whole] else { return false }
    let rest = prefixBits % 8
    guard rest > 0 else { return true }
    return (address.octets[whole] ^ base.octets[whole]) >> UInt8(8 - rest) == 0
  }
}
