internal import Kernel
internal import Logging
internal import Platform

/// What becomes of callbacks whose account reads as nobody's: counted, logged, put by, and never a row of anybody's.
package struct UnresolvedCallbacks: Sendable {
  enum Judgement: Sendable {
    case player(ResolvedAccount)
    case nobody(Brand?)
    /// It is nobody's and could be kept nowhere: the provider must send it again.
    case lost
  }

  /// Why; the texts are public interface (S0-GAME-05, S0-GAME-06).
  enum Reason: String, CaseIterable, Sendable {
    case rawAccount = "raw_account_in_enforce"
    case rawGUID = "raw_guid_in_enforce"
    case unresolved = "raw_brand_unresolved"
  }

  let enforcement: EnforcementMode
  let allowList: CallbackAllowList
  let metrics: GameMetrics
  /// Keeps what is nobody's, and says whether it could.
  let putBy: @Sendable (UnresolvedCallback) async -> Bool

  func judge(_ resolution: AccountResolution, _ account: String, _ arrival: CallbackArrival) async -> Judgement {
    switch resolution {
    case .player(let player, .namespaced), .player(let player, .alias): return .player(player)
    case .player(let player, let form):
      // Forms without a brand are counted in every mode: enforcement may be switched on once nobody sends them any more.
      let reason: Reason = form == .rawGUID ? .rawGUID : .rawAccount
      guard enforcement.rejects else {
        metrics.brandUnresolved.increment([arrival.profile.name, reason.rawValue])
        return .player(player)
      }
      return await refuse(reason, account, nil, arrival)
    case .brandOnly(let brand, _): return await refuse(.unresolved, account, brand, arrival)
    case .nothing(let form): return await refuse(reason(of: form), account, nil, arrival)
    }
  }

  private func reason(of form: AccountResolution.Form?) -> Reason {
    guard enforcement.rejects else { return .unresolved }
    switch form {
    case .rawAccount: return .rawAccount
    case .rawGUID: return .rawGUID
    case .namespaced, .alias, nil: return .unresolved
    }
  }

  private func refuse(_ reason: Reason, _ account: String, _ brand: Brand?, _ arrival: CallbackArrival) async -> Judgement {
    // What is handled again has been counted and kept.
    guard arrival.trust == .signature else { return .nobody(brand) }
    let provider = arrival.profile.name
    // A provider's own test accounts come for ever: they are refused like the others, and raise no alarm.
    guard !allowList.contains(account, of: provider) else {
      metrics.allowListed.increment([provider])
      return .nobody(brand)
    }
    metrics.brandUnresolved.increment([provider, reason.rawValue])
    arrival.context.logger.warning(
      "callback's account is nobody's",
      metadata: [
        "event": "callback_brand_unresolved", "provider": "\(provider)", "outbound_account_raw": "\(account)",
        "reason": "\(reason.rawValue)",
        "request_id": "\(arrival.context.requestID)",
      ])
    return await putBy(UnresolvedCallback(arrival: arrival, account: account, reason: reason.rawValue)) ? .nobody(brand) : .lost
  }
}
