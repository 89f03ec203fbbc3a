internal import Foundation
internal import HTTPTypes
internal import Kernel
internal import Platform
internal import Security

/// `wc`: JSON with nested objects, RSA signatures, rounds that hold one bet and one win, amounts in hundred-thousandths.
struct WCProfile: ProviderProfile {
  static let signatureHeader = "X-WC-Signature"

  let terms = ProviderTerms(
    name: "wc", signature: "RSA-SHA256 (PKCS #1 v1.5) of the body, base64, in X-WC-Signature", hasKeyPair: true, requests: "JSON",
    answers: "JSON",
    amounts: "1/100000 of the major unit", accountCharactersMax: 32, accountAlphabet: .lowercase, rounds: .strict,
    unknownRollback: .accepted, rollbackAfterWin: .refused, batchMax: 20, providerTokenSeconds: nil)

  let routes = [
    ProviderRoute("user/info", .authenticate), ProviderRoute("user/balance", .balance), ProviderRoute("transaction/bet", .bet),
    ProviderRoute("transaction/win", .win), ProviderRoute("transaction/rollback", .rollback), ProviderRoute("transaction/promo", .promoWin),
    ProviderRoute("round/close", .endRound), ProviderRoute("transaction/batch", .batch),
  ]

  func key(from text: String) -> ProviderKey? { .publicKey(text) }

  func accepts(_ headers: HTTPFields, _ body: [UInt8], by key: ProviderKey) -> Bool {
    guard case .publicKey(let key) = key, let header = headers.single(Self.signatureHeader), header.utf8.count <= 2048,
      let signature = Data(base64Encoded: header)
    else { return false }
    return key.isValid(Array(signature), for: body)
  }

  // MARK: Reading

  func read(_ operation: CallbackOperation, _ body: [UInt8]) throws(CallbackFault) -> Callback {
    let fields = try CallbackFields(body, echo: "requestId")
    guard operation == .batch else { return try callback(operation, fields) }
    var items: [Callback] = []
    for item in try fields.objects("items", max: terms.batchMax ?? 1) { items.append(try self.item(item)) }
    return Callback(operation: .batch, echo: fields.echo, items: items)
  }

  private func item(_ fields: CallbackFields) throws(CallbackFault) -> Callback {
    let path = try fields.text("path")
    guard let operation = route(path)?.operation, ![.authenticate, .balance, .batch].contains(operation) else {
      throw fields.fault("path is none of a batch")
    }
    return try callback(operation, fields)
  }

  private func callback(_ operation: CallbackOperation, _ fields: CallbackFields) throws(CallbackFault) -> Callback {
    let player = try fields.object("player")
    let needsToken = operation == .authenticate || operation == .bet
    let token = needsToken ? try player.text("sessionToken") : nil
    return Callback(
      operation: operation, echo: fields.echo, account: try player.text("id"), token: token,
      money: try money(operation, fields, token: token))
  }

  private func money(_ operation: CallbackOperation, _ fields: CallbackFields, token: String?) throws(CallbackFault) -> MoneyCallback? {
    guard operation != .authenticate, operation != .balance else { return nil }
    let transaction = try fields.object("transaction")
    var money = MoneyCallback(operation: operation, transaction: try transaction.identifier("id"), token: token)
    if operation == .rollback { money.reference = try transaction.identifier("betId") }
    if operation == .bet || operation == .win || operation == .endRound {
      let round = try fields.object("round")
      money.round = try round.identifier("id")
      money.endsRound = operation == .endRound ? true : try round.flag("closed")
    }
    if operation != .rollback && operation != .endRound {
      let currency = try transaction.currency("currency")
      money.currency = currency
      money.amount = try WCAmount.minorUnits(of: try transaction.number("amount"), currency, transaction)
      guard AmountRules.isUsable(money.amount, for: operation) else { throw fields.fault("amount is out of range") }
    }
    return money
  }

  // MARK: Writing

  func write(_ answer: CallbackAnswer) -> CallbackReply {
    var json = JSONBuffer()
    put(answer, to: &json)
    return CallbackReply(status: status(of: answer.word), contentType: "application/json", body: json.bytes)
  }

  private func status(of word: CallbackWord) -> Int {
    switch word {
    case .tryAgain: 503
    case .invalidSignature: 401
    case .malformed: 400
    default: 200
    }
  }

  private func put(_ answer: CallbackAnswer, to json: inout JSONBuffer) {
    json.put("{\"code\":", term(for: answer.word))
    if let echo = answer.echo { json.put(",\"requestId\":", echo) }
    if let account = answer.account { json.put(",\"player\":{\"id\":", account); json.put("}") }
    if let transaction = answer.transaction { json.put(",\"transaction\":{\"id\":", transaction); json.put("}") }
    if let balance = answer.balance, let currency = answer.currency {
      json.put(",\"wallet\":{\"balance\":", json: Array(WCAmount.text(of: balance, currency).utf8))
      json.put(",\"currency\":", currency.code)
      json.put("}")
    }
    if !answer.items.isEmpty {
      json.put(",\"items\":[")
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
    case .applied: "SUCCESS"
    case .insufficientFunds: "INSUFFICIENT_FUNDS"
    case .duplicateTransaction: "TRANSACTION_ID_CONFLICT"
    case .transactionNotFound: "BET_NOT_FOUND"
    case .alreadySettled: "BET_ALREADY_SETTLED"
    case .alreadyRolledBack: "BET_ALREADY_CANCELLED"
    case .roundClosed: "ROUND_CLOSED"
    case .roundHasBet: "ROUND_HAS_BET"
    case .sessionExpired: "SESSION_EXPIRED"
    case .wrongCurrency: "WRONG_CURRENCY"
    case .limitExceeded: "LIMIT_EXCEEDED"
    case .playerBlocked: "PLAYER_BLOCKED"
    case .providerDisabled: "OPERATOR_DISABLED"
    case .unknownAccount: "UNKNOWN_PLAYER"
    case .malformed: "BAD_REQUEST"
    case .invalidSignature: "BAD_SIGNATURE"
    case .tryAgain: "RETRY"
    }
  }
}
