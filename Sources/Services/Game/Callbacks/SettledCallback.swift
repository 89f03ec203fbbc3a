internal import Kernel

/// What came of a callback, before it has the provider's form.
struct SettledCallback: Sendable {
  let answer: CallbackAnswer
  let outcome: CallbackResult.Outcome
  let brand: BrandID?

  init(_ answer: CallbackAnswer, _ outcome: CallbackResult.Outcome, brand: BrandID? = nil) {
    self.answer = answer
    self.outcome = outcome
    self.brand = brand
  }
}
