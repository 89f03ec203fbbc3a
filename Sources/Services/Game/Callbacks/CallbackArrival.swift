internal import HTTPTypes
internal import Platform

/// A callback as it arrived, of which nobody has believed anything yet.
struct CallbackArrival: Sendable {
  let profile: any ProviderProfile
  let route: ProviderRoute
  let headers: HTTPFields
  let body: [UInt8]
  let trust: CallbackTrust
  let context: CallContext

  func result(_ word: CallbackWord, outcome: CallbackResult.Outcome) -> CallbackResult {
    CallbackResult(reply: profile.write(CallbackAnswer(word, route.operation)), outcome: outcome, brand: nil)
  }
}
