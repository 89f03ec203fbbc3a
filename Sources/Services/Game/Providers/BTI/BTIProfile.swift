internal import Crypto
internal import HTTPTypes
internal import Kernel
internal import Platform

/// `bti`: a token endpoint, forms in, XML with error numbers out, debits and credits like transfers.
struct BTIProfile: ProviderProfile {
  static let signatureHeader = "X-BTI-Hash"

  let terms = ProviderTerms(
    name: "bti", signature: "HMAC-SHA512 of the body, lower-case hexadecimal, in X-BTI-Hash", requests: "form", answers: "XML",
    amounts: "major units with decimals", accountCharactersMax: 30, accountAlphabet: .plain, rounds: .untracked,
    unknownRollback: .notFound, rollbackAfterWin: .reversed, batchMax: nil, providerTokenSeconds: 900)

  let routes = [
    ProviderRoute("ValidateToken", .authenticate), ProviderRoute("GetBalance", .balance), ProviderRoute("Debit", .bet),
    ProviderRoute("Credit", .win), ProviderRoute("CancelDebit", .rollback), ProviderRoute("BonusCredit", .promoWin),
    ProviderRoute("CommitRound", .endRound),
  ]

  func key(from text: String) -> ProviderKey? { .secret(text) }

  func accepts(_ headers: HTTPFields, _ body: [UInt8], by key: ProviderKey) -> Bool {
    guard case .secret(let secret) = key, let header = headers.single(Self.signatureHeader), let code = Hexadecimal.decode(header),
      code.count == SHA512.byteCount
    else { return false }
    return HMAC<SHA512>.isValidAuthenticationCode(code, authenticating: body, using: secret)
  }

  // MARK: Reading

  func read(_ operation: CallbackOperation, _ body: [UInt8]) throws(CallbackFault) -> Callback {
    let fields = try FormFields(body)
    if operation == .authenticate { return Callback(operation: operation, echo: nil, token: try fields.text("token")) }
    let token = operation == .bet ? try fields.text("token") : nil
    return Callback(
      operation: operation, echo: nil, account: try fields.text("customer"), token: token, money: try money(operation, fields, token: token)
    )
  }

  private func money(_ operation: CallbackOperation, _ fields: FormFields, token: String?) throws(CallbackFault) -> MoneyCallback? {
    guard operation != .balance else { return nil }
    var money = MoneyCallback(operation: operation, transaction: try fields.identifier("transferId"), token: token)
    if operation == .win || operation == .rollback { money.reference = try fields.identifier("debitId") }
    if operation == .bet || operation == .endRound { money.round = try fields.identifier("roundId") }
    if operation != .rollback && operation != .endRound {
      let amount = try fields.money("amount", currency: "currency")
      money.amount = amount.minorUnits
      money.currency = amount.currency
      guard AmountRules.isUsable(money.amount, for: operation) else { throw CallbackFault("amount is out of range") }
    }
    return money
  }

  // MARK: Writing

  func write(_ answer: CallbackAnswer) -> CallbackReply {
    var xml = XMLBuffer()
    xml.open("Response")
    xml.element("ErrorCode", String(code(of: answer.word)))
    xml.element("ErrorDescription", answer.word.rawValue)
    if let account = answer.account { xml.element("Customer", account) }
    if let token = answer.token { xml.element("ProviderToken", token) }
    if let transaction = answer.transaction { xml.element("TransferId", transaction) }
    if let balance = answer.balance, let currency = answer.currency {
      xml.element("Balance", Self.decimal(Money(minorUnits: balance, currency: currency)))
    }
    if let currency = answer.currency { xml.element("Currency", currency.code) }
    xml.close("Response")
    return CallbackReply(status: answer.word == .tryAgain ? 503 : 200, contentType: "text/xml; charset=utf-8", body: Array(xml.text.utf8))
  }

  /// `12.34`: as people write it, without the code.
  private static func decimal(_ money: Money) -> String { String(money.description.prefix { $0 != " " }) }

  func term(for word: CallbackWord) -> String { String(code(of: word)) }

  private func code(of word: CallbackWord) -> Int {
    switch word {
    case .applied: 0
    case .tryAgain: -1
    case .invalidSignature: -10
    case .malformed: -11
    case .sessionExpired: -20
    case .unknownAccount: -21
    case .playerBlocked: -22
    case .providerDisabled: -23
    case .insufficientFunds: -30
    case .transactionNotFound: -31
    case .duplicateTransaction: -32
    case .alreadyRolledBack: -33
    case .alreadySettled: -34
    case .roundClosed: -35
    case .roundHasBet: -36
    case .wrongCurrency: -40
    case .limitExceeded: -41
    }
  }
}
