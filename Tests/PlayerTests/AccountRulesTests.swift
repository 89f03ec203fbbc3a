internal import Contracts
internal import Kernel
@testable internal import Player
internal import Testing

@Suite struct AccountRulesTests {
  private static func faults(
    account: String = "alice", password: String = "correct horse", email: String? = nil, phone: String? = nil
  ) -> [String] {
    let body = RegistrationBody(account: account, password: password, email: email, phone: phone)
    do {
      _ = try AccountRules.registration(body)
      return []
    } catch {
      #expect(error.reason == .invalidField)
      return error.faults.map(\.pointer)
    }
  }

  @Test("Accounts are ASCII words of 3 to 32 characters", arguments: ["abc", "Alice", "a.b-c_d", "0x0", String(repeating: "a", count: 32)])
  func accounts(account: String) { #expect(Self.faults(account: account).isEmpty) }

  @Test(
    "Everything else is no account",
    arguments: [
      "", "ab", String(repeating: "a", count: 33), "_ab", ".ab", "-ab", "a b", "a\u{0}b", "älice", "аlice", "a/b", "a:b", "a'b", "a\nb",
      "😀😀😀", "a\u{200B}b",
    ])
  func noAccounts(account: String) { #expect(Self.faults(account: account) == ["/account"]) }

  @Test(
    "A password has 8 to 128 bytes, is not the account and not one that is tried first",
    arguments: [
      "", "short", "1234567", String(repeating: "x", count: 129), "password", "PASSWORD123", "12345678", "secret\nsecret",
      "secret\u{0}secret",
    ])
  func badPasswords(password: String) { #expect(Self.faults(password: password) == ["/password"]) }

  @Test("The account in other letters is no password")
  func accountAsPassword() { #expect(Self.faults(account: "alice2026", password: "ALICE2026") == ["/password"]) }

  @Test("Any other text is a password", arguments: ["hunter2hunter2", "пароль пароль", "        x", String(repeating: "x", count: 128)])
  func goodPasswords(password: String) { #expect(Self.faults(password: password).isEmpty) }

  @Test("A password is the same however its letters are composed, and shows nowhere")
  func normalized() {
    #expect(Array(Password("pa\u{0308}ssword").normalized.utf8) == Array(Password("p\u{00E4}ssword").normalized.utf8))
    #expect("\(Password("secret phrase"))" == "[password]")
    #expect(!String(reflecting: Password("secret phrase")).contains("secret"))
    var dumped = ""
    dump(Password("secret phrase"), to: &dumped)
    #expect(!dumped.contains("secret"))
  }

  @Test("E-mail addresses", arguments: ["a@b.co", "first.last+tag@mail.example.com", "o'hara@example.ie"])
  func emails(email: String) { #expect(Self.faults(email: email).isEmpty) }

  @Test(
    "No e-mail addresses",
    arguments: [
      "", "@", "a@", "@b.co", "a@b", "a@@b.co", "a b@c.co", ".a@b.co", "a.@b.co", "a..b@c.co", "a@-b.co", "a@b..co", "ä@b.co",
      "a@b.co\r\nBcc: x@y.z",
    ])
  func noEmails(email: String) { #expect(Self.faults(email: email) == ["/email"]) }

  @Test("Phone numbers are E.164", arguments: ["+4930901820", "+12025550123", "+12345678"])
  func phones(phone: String) { #expect(Self.faults(phone: phone).isEmpty) }

  @Test("No phone numbers", arguments: ["", "4930901820", "+0301234567", "+1234567", "+1234567890123456", "+49 30 901820", "+４９３０９０１８２０"])
  func noPhones(phone: String) { #expect(Self.faults(phone: phone) == ["/phone"]) }

  @Test("Every fault is told at once")
  func together() {
    #expect(Self.faults(account: "a", password: "b", email: "c", phone: "d") == ["/account", "/password", "/email", "/phone"])
  }
}
