package import Kernel

/// What became of one callback.
package struct CallbackResult: Hashable, Sendable {
  /// What it means for the callback, whatever words the provider has for it.
  package enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// It did what it says, now or, as a repetition, before.
    case applied
    /// It was refused for good: a repetition gets the same answer.
    case refused
    /// Nothing is decided; the same callback may be sent again.
    case retriable
    /// The signature is wrong.
    case unverified
    /// It can't be read.
    case malformed
    /// The account reads as nobody's.
    case unresolved
  }

  package let reply: CallbackReply
  package let outcome: Outcome
  package let brand: BrandID?
  package let brandCode: BrandCode?

  package init(reply: CallbackReply, outcome: Outcome, brand: BrandID?, brandCode: BrandCode? = nil) {
    self.reply = reply
    self.outcome = outcome
    self.brand = brand
    self.brandCode = brandCode
  }

  /// The provider isn't one of ours, or has no such callback.
  static let noSuchCallback = CallbackResult(
    reply: CallbackReply(status: 404, contentType: "text/plain; charset=utf-8", body: Array("no such callback".utf8)), outcome: .malformed,
    brand: nil)
}
