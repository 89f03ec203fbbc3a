internal import Contracts
internal import Kernel

/// What an account, a password and a contact may be. Pure.
enum AccountRules {
  /// The passwords of eight and more characters that are tried first (NIST SP 800-63B section 5.1.1.2 asks for such a list).
  static let usualPasswords: Set<String> = [
    "00000000", "11111111", "12341234", "12345678", "123456789", "1234567890", "123123123", "1q2w3e4r", "1qaz2wsx", "87654321", "aa123456",
    "abc12345", "abcd1234", "asdfghjkl", "baseball", "football", "iloveyou", "letmein1", "password", "password1", "password123", "princess",
    "qwerty123", "qwertyuiop", "sunshine", "superman", "trustno1", "welcome1",
  ]

  /// - Throws: `Problem` with `invalid_field` and every fault at once, none of which repeats what was sent.
  static func registration(_ body: RegistrationBody) throws(Problem) -> Registration {
    let password = Password(body.password)
    let account = AccountName(body.account)
    var faults: [Problem.Fault] = []
    func expect(_ holds: Bool, _ pointer: String, _ detail: String) {
      if !holds { faults.append(Problem.Fault(pointer: pointer, detail: detail)) }
    }
    expect(account != nil, "/account", "letters, digits, dots, hyphens and underscores, a letter or digit first")
    for detail in faultsOf(password, account: account) { expect(false, "/password", detail) }
    expect(body.email.map(isEmail) ?? true, "/email", "not an e-mail address")
    expect(body.phone.map(isPhone) ?? true, "/phone", "not a phone number in E.164: a plus sign and 8 to 15 digits")
    guard let account, faults.isEmpty else { throw Problem(.invalidField, faults: faults) }
    return Registration(admitted: account, password, Contact(email: body.email, phone: body.phone))
  }

  private static func faultsOf(_ password: Password, account: AccountName?) -> [String] {
    let text = password.normalized
    let lengths = Limits.passwordBytesMin...Limits.passwordBytesMax
    if !lengths.contains(text.utf8.count) { return ["\(lengths.lowerBound) to \(lengths.upperBound) bytes"] }
    if !TextPattern.printable.matches(text) { return ["has a control character"] }
    if text.lowercased() == account?.key { return ["is the account"] }
    return usualPasswords.contains(text.lowercased()) ? ["is one of the passwords that are tried first"] : []
  }

  /// Deliberately narrower than RFC 5321: what mail providers hand out, in ASCII.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard text.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].utf8.count) else { return false }
    let local = parts[0].utf8
    guard local.allSatisfy(isLocalCharacter), local.first != 0x2E, local.last != 0x2E, !parts[0].contains("..") else { return false }
    let domain = String(parts[1]).lowercased()
    return TextPattern.hostName.matches(domain) && domain.contains(".") && !domain.contains("..")
  }

  private static func isLocalCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: Array("!#$%&'*+-/=?^_`{|}~.".utf8).contains(byte)
    }
  }

  static func isPhone(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.first == UInt8(ascii: "+"), (9...16).contains(bytes.count), bytes[1] != UInt8(ascii: "0") else { return false }
    return bytes.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }
}
