internal import Kernel

/// Writes callbacks in a provider's form.
struct SimulatorPen: Sendable {
  let provider: SimulatedProvider
  let identity: SimulatorIdentity

  /// What follows `/callbacks/`.
  func path(of step: SimulatorStep) -> String {
    guard !step.isBatch else { return provider == .mg ? "mg/batch" : "wc/transaction/batch" }
    return "\(provider.rawValue)/\(path(of: step.notes[0].operation))"
  }

  func body(of step: SimulatorStep) -> [UInt8] {
    guard step.isBatch else { return Array(body(of: step.notes[0]).utf8) }
    // The same callbacks in the same batch are the same request.
    let name = identity.prefix + step.notes.map(\.transaction).joined(separator: ".")
    let text =
      provider == .mg
      ? #"{"request_uuid":"\#(name)","transactions":[\#(items(step.notes) { #""type":"\#($0.operation.rawValue)""# })]}"#
      : #"{"requestId":"\#(name)","items":[\#(items(step.notes) { #""path":"\#(path(of: $0.operation))""# })]}"#
    return Array(text.utf8)
  }

  private func items(_ notes: [SimulatorNote], _ heading: (SimulatorNote) -> String) -> String {
    notes.map { note in
      "{" + ([heading(note)] + (provider == .mg ? mgMembers(note) : wcMembers(note))).joined(separator: ",") + "}"
    }.joined(separator: ",")
  }

  private func body(of note: SimulatorNote) -> String {
    switch provider {
    case .mg: "{" + ([#""request_uuid":"q-\#(identity.prefix)\#(note.transaction)""#] + mgMembers(note)).joined(separator: ",") + "}"
    case .bti: btiFields(note).joined(separator: "&")
    case .wc: "{" + ([#""requestId":"q-\#(identity.prefix)\#(note.transaction)""#] + wcMembers(note)).joined(separator: ",") + "}"
    }
  }

  private func path(of operation: SimulatorOperation) -> String {
    switch (provider, operation) {
    case (.mg, .promoWin): "promo-win"
    case (.mg, .endRound): "end-round"
    case (.mg, _): operation.rawValue
    case (.bti, .authenticate): "ValidateToken"
    case (.bti, .balance): "GetBalance"
    case (.bti, .bet): "Debit"
    case (.bti, .win): "Credit"
    case (.bti, .rollback): "CancelDebit"
    case (.bti, .promoWin): "BonusCredit"
    case (.bti, .endRound): "CommitRound"
    case (.wc, .authenticate): "user/info"
    case (.wc, .balance): "user/balance"
    case (.wc, .bet): "transaction/bet"
    case (.wc, .win): "transaction/win"
    case (.wc, .rollback): "transaction/rollback"
    case (.wc, .promoWin): "transaction/promo"
    case (.wc, .endRound): "round/close"
    }
  }

  // MARK: Members

  private func mgMembers(_ note: SimulatorNote) -> [String] {
    let operation = note.operation
    var members = [#""user":"\#(identity.account)""#]
    if operation.hasToken { members.append(#""token":"\#(identity.token(for: note))""#) }
    if operation.hasTransaction { members.append(#""transaction_uuid":"\#(identity.prefix)\#(note.transaction)""#) }
    if operation.hasReference { members.append(#""reference_transaction_uuid":"\#(identity.prefix)\#(note.reference)""#) }
    if operation.hasRound { members.append(#""round":"\#(identity.prefix)\#(note.round)""#) }
    if operation.hasMoney { members.append(#""amount":\#(note.amount),"currency":"\#(identity.currency(for: note))""#) }
    return members
  }

  private func btiFields(_ note: SimulatorNote) -> [String] {
    let operation = note.operation
    if operation == .authenticate { return ["token=\(identity.token)"] }
    var fields = ["customer=\(identity.account)"]
    if operation.hasToken { fields.append("token=\(identity.token(for: note))") }
    if operation.hasTransaction { fields.append("transferId=\(identity.prefix)\(note.transaction)") }
    if operation.hasReference { fields.append("debitId=\(identity.prefix)\(note.reference)") }
    if operation.hasRound && operation != .win { fields.append("roundId=\(identity.prefix)\(note.round)") }
    if operation.hasMoney {
      let currency = identity.currency(for: note)
      fields.append("amount=\(Self.decimal(note.amount, places: Self.places(of: currency)))&currency=\(currency)")
    }
    return fields
  }

  private func wcMembers(_ note: SimulatorNote) -> [String] {
    let operation = note.operation
    let token = operation.hasToken ? #","sessionToken":"\#(identity.token(for: note))""# : ""
    var members = [#""player":{"id":"\#(identity.account)"\#(token)}"#]
    if operation.hasRound { members.append(#""round":{"id":"\#(identity.prefix)\#(note.round)","closed":\#(note.closesRound)}"#) }
    guard operation.hasTransaction else { return members }
    var transaction = [#""id":"\#(identity.prefix)\#(note.transaction)""#]
    if operation == .rollback { transaction.append(#""betId":"\#(identity.prefix)\#(note.reference)""#) }
    if operation.hasMoney {
      let currency = identity.currency(for: note)
      transaction.append(#""amount":\#(note.amount * Self.hundredThousandths(of: currency)),"currency":"\#(currency)""#)
    }
    return members + [#""transaction":{\#(transaction.joined(separator: ","))}"#]
  }

  // MARK: Amounts

  static func places(of currency: String) -> Int { Currency(code: currency)?.exponent ?? 2 }

  /// How many hundred-thousandths of the major unit a minor unit is.
  static func hundredThousandths(of currency: String) -> Int64 {
    (0..<max(0, 5 - places(of: currency))).reduce(1) { product, _ in product * 10 }
  }

  static func decimal(_ amount: Int64, places: Int) -> String {
    guard places > 0 else { return String(amount) }
    let digits = String(amount)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(padded.dropLast(places)).\(padded.suffix(places))"
  }
}
