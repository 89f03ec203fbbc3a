internal import Testing

@testable import Gateway

@Suite struct HostRulesTests {
  @Test(
    "a host is looked up in lower case, without port and trailing dot",
    arguments: [
      ("a.example", "a.example"), ("A.Example", "a.example"), ("a.example:8080", "a.example"), ("a.example.", "a.example"),
      ("a.example.:80", "a.example"), ("127.0.0.1:1", "127.0.0.1"), ("[::1]:80", "[::1]"), ("[FE80::1]", "[fe80::1]"),
      ("a_b-c.local", "a_b-c.local"),
    ])
  func normalised(_ value: String, _ host: String) {
    #expect(Array(value.utf8).withUnsafeBytes { HostRules.normalised($0) } == host)
  }

  @Test(
    "what is no host is refused",
    arguments: ["", ".", "a..", ".a", "a b", "a/b", "a@b", "a:", "a:b", "a:1:2", "a:99999", "[::1", "[]", "[g]", "a%41", "ä"])
  func refused(_ value: String) {
    #expect(Array(value.utf8).withUnsafeBytes { HostRules.normalised($0) } == nil)
  }
}
