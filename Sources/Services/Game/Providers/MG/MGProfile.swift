internal import Crypto
internal import HTTPTypes
internal import Kernel
internal import Platform

/// `mg`: JSON both ways, HTTP 200 with a status word, HMAC over the body.
struct MGProfile: ProviderProfile {
  static let signatureHeader = "X-MG-Signature"

  let terms = ProviderTerms(
    name: "mg", signature: "HMAC-SHA256 of the body, lower-case hexadecimal, in X-MG-Signature", requests: "JSON", answers: "JSON",
    amounts: "minor units", accountCharactersMax: 64, accountAlphabet: .wide, rounds: .untracked, unknownRollback: .accepted,
    rollbackAfterWin: .refused, batchMax: 50, providerTokenSeconds: nil)

  let routes = [
    ProviderRoute("authenticate", .authenticate), ProviderRoute("balance", .balance), ProviderRoute("bet", .bet),
    ProviderRoute("win", .win), ProviderRoute("rollback", .rollback), ProviderRoute("promo-win", .promoWin),
    ProviderRoute("end-round", .endRound), ProviderRoute("batch", .batch),
  ]

  func key(from text: String) -> ProviderKey? { .secret(text) }

  func accepts(_ headers: HTTPFields, _ body: [UInt8], by key: ProviderKey) -> Bool {
    guard case .secret(let secret) = key, let header = headers.single(Self.signatureHeader), let code = Hexadecimal.decode(header),
      code.count == SHA256.byteCount
    else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: secret)
  }

  // MARK: Reading

  func read(_ operation: CallbackOperation, _ body: [UInt8]) throws(CallbackFault) -> Callback {
    let fields = try CallbackFields(body, echo: "request_uuid")
    guard operation == .batch else { return try callback(operation, fields) }
    var items: [Callback] = []
    for item in try fields.objects("transactions", max: terms.batchMax ?? 1) { items.append(try self.item(item)) }
    return Callback(operation: .batch, echo: fields.echo, items: items)
  }

  private func item(_ fields: CallbackFields) throws(CallbackFault) -> Callback {
    let type = try fields.text("type")
    guard let operation = CallbackOperation(rawValue: type), [.bet, .win, .rollback, .promoWin, .endRound].contains(operation) else {
      throw fields.fault("type is no operation of a batch")
    }
    return try callback(operation, fields)
  }

  private func callback(_ operation: CallbackOperation, _ fields: CallbackFields) throws(CallbackFault) -> Callback {
    let needsToken = operation == .authenticate || operation == .bet
    let token = needsToken ? try fields.text("token") : nil
    return Callback(
      operation: operation, echo: fields.echo, account: try fields.text("user"), token: token,
      money: try money(operation, fields, token: token))
  }

  private func money(_ operation: CallbackOperation, _ fields: CallbackFields, token: String?) throws(CallbackFault) -> MoneyCallback? {
    guard operation != .authenticate, operation != .balance else { return nil }
    var money = MoneyCallback(operation: operation, transaction: try fields.identifier("transaction_uuid"), token: token)
    if operation == .win || operation == .rollback { money.reference = try fields.identifier("reference_transaction_uuid") }
    if operation == .bet || operation == .win || operation == .endRound { money.round = try fields.identifier("round") }
    if operation != .rollback && operation != .endRound {
      money.amount = try fields.number("amount")
      money.currency = try fields.currency("currency")
      guard AmountRules.isUsable(money.amount, for: operation) else { throw fields.fault("amount is out of range") }
    }
    return money
  }

  // MARK: Writing

  func write(_ answer: CallbackAnswer) -> CallbackReply {
    var json = JSONBuffer()
    put(answer, to: &json)
    return CallbackReply(status: answer.word == .tryAgain ? 503 : 200, contentType: "application/json", body: json.bytes)
  }

  private func put(_ answer: CallbackAnswer, to json: inout JSONBuffer) {
    json.put("{\"status\":", term(for: answer.word))
    if let echo = answer.echo { json.put(",\"request_uuid\":", echo) }
    if let account = answer.account { json.put(",\"user\":", account) }
    if let transaction = answer.transaction { json.put(",\"transaction_uuid\":", transaction) }
    if let balance = answer.balance { json.put(",\"balance\":", balance) }
    if let currency = answer.currency { json.put(",\"currency\":", currency.code) }
    if !answer.items.isEmpty {
      json.put(",\"transactions\":[")
      for (index, item) in answer.items.enumerated() {
        if index > 0 { json.put(",") }
        put(item, to: &json)
      }
      json.put("]")
    }
    json.put("}")
  }

  func term(for word: CallbackWord) -> String {
    switch word {
    case .applied: "RS_OK"
    case .insufficientFunds: "RS_ERROR_NOT_ENOUGH_MONEY"
    case .duplicateTransaction: "RS_ERROR_DUPLICATE_TRANSACTION"
    case .transactionNotFound: "RS_ERROR_TRANSACTION_DOES_NOT_EXIST"
    case .alreadySettled: "RS_ERROR_TRANSACTION_SETTLED"
    case .alreadyRolledBack: "RS_ERROR_TRANSACTION_ROLLED_BACK"
    case .roundClosed: "RS_ERROR_ROUND_CLOSED"
    case .roundHasBet: "RS_ERROR_ROUND_HAS_BET"
    case .sessionExpired: "RS_ERROR_TOKEN_EXPIRED"
    case .wrongCurrency: "RS_ERROR_WRONG_CURRENCY"
    case .limitExceeded: "RS_ERROR_LIMIT_REACHED"
    case .playerBlocked: "RS_ERROR_USER_DISABLED"
    case .providerDisabled: "RS_ERROR_INVALID_PARTNER"
    case .unknownAccount: "RS_ERROR_INVALID_USER"
    case .malformed: "RS_ERROR_WRONG_SYNTAX"
    case .invalidSignature: "RS_ERROR_INVALID_SIGNATURE"
    case .tryAgain: "RS_ERROR_UNKNOWN"
    }
  }
}
