internal import Testing

@testable import Gateway

@Suite struct ClientAddressRulesTests {
  static func client(_ peer: String, _ forwarded: [String], trusted: [String]) -> String? {
    guard let address = IPAddress(text: peer) else { return nil }
    return ClientAddressRules(trusted: trusted.compactMap { AddressRange($0) }).client(of: ClientAddress(address), forwardedFor: forwarded)
      .text
  }

  @Test(
    "X-Forwarded-For is believed from trusted proxies only, and only as far as they wrote it",
    arguments: [
      ("10.0.0.1", ["9.9.9.9"], [], "10.0.0.1"),
      ("10.0.0.1", ["9.9.9.9"], ["10.0.0.0/8"], "9.9.9.9"),
      ("192.0.2.1", ["9.9.9.9"], ["10.0.0.0/8"], "192.0.2.1"),
      ("10.0.0.1", ["1.1.1.1, 9.9.9.9, 10.0.0.2"], ["10.0.0.0/8"], "9.9.9.9"),
      ("10.0.0.1", ["1.1.1.1", "9.9.9.9"], ["10.0.0.0/8"], "9.9.9.9"),
      ("10.0.0.1", ["9.9.9.9, nonsense, 10.0.0.2"], ["10.0.0.0/8"], "10.0.0.2"),
      ("10.0.0.1", ["9.9.9.9,"], ["10.0.0.0/8"], "9.9.9.9"),
      ("10.0.0.1", [], ["10.0.0.0/8"], "10.0.0.1"),
      ("::ffff:10.0.0.1", ["2001:db8::5"], ["10.0.0.0/8"], "2001:db8::5"),
    ] as [(String, [String], [String], String)])
  func forwarded(_ peer: String, _ values: [String], _ trusted: [String], _ client: String) {
    #expect(Self.client(peer, values, trusted: trusted) == client)
  }

  @Test("an IPv6 client is counted by its /64")
  func buckets() throws {
    let first = ClientAddress(try #require(IPAddress(text: "2001:db8:1:2:3::1")))
    let second = ClientAddress(try #require(IPAddress(text: "2001:db8:1:2:ffff::9")))
    let other = ClientAddress(try #require(IPAddress(text: "2001:db8:1:3::1")))
    #expect(first.bucket == second.bucket)
    #expect(first.bucket != other.bucket)
  }

  @Test(
    "blocks contain what their prefix says",
    arguments: [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.4/30", "192.0.2.7", true),
      ("192.0.2.4/30", "192.0.2.8", false),
      ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
      ("2001:db8::/33", "2001:db8:8000::1", false),
    ])
  func blocks(_ block: String, _ address: String, _ isInside: Bool) throws {
    #expect(try #require(AddressRange(block)).contains(try #require(IPAddress(text: address))) == isInside)
  }

  @Test("what is no block is refused", arguments: ["", "10.0.0.0/33", "10.0.0/8", "x/8", "10.0.0.0/-1", "10.0.0.0/8/8", "::1/129"])
  func noBlocks(_ text: String) { #expect(AddressRange(text) == nil) }
}
