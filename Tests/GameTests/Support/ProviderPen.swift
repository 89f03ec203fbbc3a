import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import Kernel

/// Writes callbacks as a provider does, and reads what it is answered. It knows the providers' forms from their descriptions alone.
struct ProviderPen: Sendable {
  let provider: String

  static let all = ["mg", "bti", "wc"].map { ProviderPen(provider: $0) }

  static let secret = "a secret of the tests, long enough"
  static let privateKey = try? _RSA.Signing.PrivateKey(keySize: .bits2048)

  /// `GAME_PROVIDER_KEYS`, as the other side has it.
  static var keys: String {
    let pem = (privateKey?.publicKey.pemRepresentation ?? "").replacing("\n", with: "\\n")
    return #"{"mg":"\#(secret)","bti":"\#(secret)","wc":"\#(pem)"}"#
  }

  // MARK: Signing

  var signatureHeader: String { ["mg": "X-MG-Signature", "bti": "X-BTI-Hash", "wc": "X-WC-Signature"][provider] ?? "" }

  func signature(of body: [UInt8]) -> String {
    let key = SymmetricKey(data: Array(Self.secret.utf8))
    switch provider {
    case "mg": return Hexadecimal.encode(HMAC<SHA256>.authenticationCode(for: body, using: key))
    case "bti": return Hexadecimal.encode(HMAC<SHA512>.authenticationCode(for: body, using: key))
    default:
      let signature = try? Self.privateKey?.signature(for: SHA256.hash(data: body), padding: .insecurePKCS1v1_5)
      return signature?.rawRepresentation.base64EncodedString() ?? ""
    }
  }

  func headers(for body: [UInt8]) -> HTTPFields {
    guard let name = HTTPField.Name(signatureHeader) else { return [:] }
    return [name: signature(of: body)]
  }

  // MARK: Writing

  func path(of operation: String) -> String {
    let paths: [String: [String: String]] = [
      "mg": [
        "authenticate": "authenticate", "balance": "balance", "bet": "bet", "win": "win", "rollback": "rollback",
        "promo_win": "promo-win", "end_round": "end-round", "batch": "batch",
      ],
      "bti": [
        "authenticate": "ValidateToken", "balance": "GetBalance", "bet": "Debit", "win": "Credit", "rollback": "CancelDebit",
        "promo_win": "BonusCredit", "end_round": "CommitRound",
      ],
      "wc": [
        "authenticate": "user/info", "balance": "user/balance", "bet": "transaction/bet", "win": "transaction/win",
        "rollback": "transaction/rollback", "promo_win": "transaction/promo", "end_round": "round/close", "batch": "transaction/batch",
      ],
    ]
    return paths[provider]?[operation] ?? ""
  }

  func body(_ note: ProviderNote) -> [UInt8] {
    switch provider {
    case "mg": Array(mg(note).utf8)
    case "bti": Array(bti(note).utf8)
    default: Array(wc(note).utf8)
    }
  }

  private func mg(_ note: ProviderNote) -> String {
    var members = [#""request_uuid":"req-\#(note.transaction)""#, #""user":"\#(note.account)""#]
    if ["authenticate", "bet"].contains(note.operation) { members.append(#""token":"\#(note.token)""#) }
    if !["authenticate", "balance"].contains(note.operation) { members.append(#""transaction_uuid":"\#(note.transaction)""#) }
    if ["win", "rollback"].contains(note.operation) { members.append(#""reference_transaction_uuid":"\#(note.reference)""#) }
    if ["bet", "win", "end_round"].contains(note.operation) { members.append(#""round":"\#(note.round)""#) }
    if ["bet", "win", "promo_win"].contains(note.operation) {
      members.append(#""amount":\#(note.amount),"currency":"\#(note.currency)""#)
    }
    return "{\(members.joined(separator: ","))}"
  }

  private func bti(_ note: ProviderNote) -> String {
    if note.operation == "authenticate" { return "token=\(note.token)" }
    var fields = ["customer=\(note.account)"]
    if note.operation == "bet" { fields.append("token=\(note.token)") }
    if note.operation != "balance" { fields.append("transferId=\(note.transaction)") }
    if ["win", "rollback"].contains(note.operation) { fields.append("debitId=\(note.reference)") }
    if ["bet", "end_round"].contains(note.operation) { fields.append("roundId=\(note.round)") }
    if ["bet", "win", "promo_win"].contains(note.operation) {
      let cents = note.amount % 100
      fields.append("amount=\(note.amount / 100).\(cents < 10 ? "0" : "")\(cents)&currency=\(note.currency)")
    }
    return fields.joined(separator: "&")
  }

  private func wc(_ note: ProviderNote) -> String {
    let token = ["authenticate", "bet"].contains(note.operation) ? #","sessionToken":"\#(note.token)""# : ""
    var members = [#""requestId":"req-\#(note.transaction)""#, #""player":{"id":"\#(note.account)"\#(token)}"#]
    if ["bet", "win", "end_round"].contains(note.operation) {
      members.append(#""round":{"id":"\#(note.round)","closed":\#(note.closesRound)}"#)
    }
    var transaction = [#""id":"\#(note.transaction)""#]
    if note.operation == "rollback" { transaction.append(#""betId":"\#(note.reference)""#) }
    if ["bet", "win", "promo_win"].contains(note.operation) {
      transaction.append(#""amount":\#(note.amount * 1000),"currency":"\#(note.currency)""#)
    }
    if !["authenticate", "balance"].contains(note.operation) { members.append(#""transaction":{\#(transaction.joined(separator: ","))}"#) }
    return "{\(members.joined(separator: ","))}"
  }

  // MARK: Reading

  func read(_ status: Int, _ body: [UInt8]) -> ProviderReading {
    provider == "bti" ? readXML(status, String(decoding: body, as: UTF8.self)) : readJSON(status, body)
  }

  private func readJSON(_ status: Int, _ body: [UInt8]) -> ProviderReading {
    let object = (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    let wallet = object["wallet"] as? [String: Any]
    let balance = provider == "mg" ? object["balance"] as? Int : (wallet?["balance"] as? Int).map { $0 / 1000 }
    return ProviderReading(status: status, term: object[provider == "mg" ? "status" : "code"] as? String ?? "", balance: balance)
  }

  private func readXML(_ status: Int, _ text: String) -> ProviderReading {
    ProviderReading(
      status: status, term: Self.element("ErrorCode", in: text) ?? "",
      balance: Self.element("Balance", in: text).flatMap { Int($0.replacing(".", with: "")) })
  }

  static func element(_ name: String, in text: String) -> String? {
    guard let open = text.firstRange(of: "<\(name)>"), let close = text.firstRange(of: "</\(name)>") else { return nil }
    return String(text[open.upperBound..<close.lowerBound])
  }
}
