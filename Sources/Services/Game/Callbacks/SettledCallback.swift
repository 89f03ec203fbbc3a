internal import Kernel

/// What came of a callback, before it has the provider's form.
struct SettledCallback: Sendable {
  let answer: CallbackAnswer
  let outcome: CallbackResult.Outcome
  let brand: Brand?

  init(_ answer: CallbackAnswer, _ outcome: CallbackResult.Outcome, brand: Brand? = nil) {
    self.answer = answer
    self.outcome = outcome
    self.brand = brand
  }
}
