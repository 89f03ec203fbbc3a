internal import Game
internal import Platform

/// Providers, as text and as JSON.
enum GameReport {
  static func json(_ terms: ProviderTerms) -> JSONValue {
    [
      "provider": .string(terms.name), "signature": .string(terms.signature), "requests": .string(terms.requests),
      "answers": .string(terms.answers), "amounts": .string(terms.amounts),
      "account_characters_max": .number("\(terms.accountCharactersMax)"),
      "account_alphabet": .string(terms.accountAlphabet.rawValue), "rounds": .string(terms.rounds.rawValue),
      "unknown_rollback": .string(terms.unknownRollback.rawValue), "rollback_after_win": .string(terms.rollbackAfterWin.rawValue),
      "batch_max": terms.batchMax.map { .number("\($0)") } ?? .null,
      "provider_token_seconds": terms.providerTokenSeconds.map { .number("\($0)") } ?? .null,
    ]
  }

  static func text(_ terms: [ProviderTerms]) -> String {
    var table = TextTable(
      "PROVIDER", "REQUESTS", "ANSWERS", "AMOUNTS", "ACCOUNT", "ROUNDS", "UNKNOWN ROLLBACK", "ROLLBACK AFTER WIN", "SIGNATURE")
    for line in terms {
      table.add(
        line.name, line.requests, line.answers, line.amounts, "\(line.accountCharactersMax) of \(line.accountAlphabet.rawValue)",
        line.rounds.rawValue, line.unknownRollback.rawValue, line.rollbackAfterWin.rawValue, line.signature)
    }
    return table.text
  }

  static func json(_ state: ProviderSwitchRecord) -> JSONValue {
    [
      "provider": .string(state.provider), "enabled": .boolean(state.enabled), "maintenance": .boolean(state.maintenance),
      "reason": state.reason.map { .string($0) } ?? .null, "updated_by": state.updatedBy.map { .string($0) } ?? .null,
      "updated_at": state.updatedAt.map { .string("\($0)") } ?? .null,
    ]
  }

  static func text(_ states: [ProviderSwitchRecord]) -> String {
    var table = TextTable("PROVIDER", "ENABLED", "MAINTENANCE", "BY", "WHEN", "WHY")
    for state in states {
      table.add(
        state.provider, state.enabled ? "on" : "off", state.maintenance ? "on" : "off", state.updatedBy ?? "-",
        state.updatedAt.map { "\($0)" } ?? "-", state.reason ?? "-")
    }
    return table.text
  }
}
