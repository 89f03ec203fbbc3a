/// A registration that keeps the rules. Only ``AccountRules`` makes one.
struct Registration: Sendable {
  let account: AccountName
  let password: Password
  let contact: Contact

  init(admitted account: AccountName, _ password: Password, _ contact: Contact) {
    self.account = account
    self.password = password
    self.contact = contact
  }
}
