internal import Kernel

/// What a provider is to be told, before it has the provider's form.
struct CallbackAnswer: Hashable, Sendable {
  let word: CallbackWord
  let operation: CallbackOperation
  var echo: String?
  /// The outbound account, as the callback had it.
  var account: String?
  var transaction: String?
  /// Minor units of ``currency``; nil where the answer shows none.
  var balance: Int64?
  var currency: Currency?
  /// A provider's own short-lived token.
  var token: String?
  /// Of a batch.
  var items: [CallbackAnswer] = []

  /// The answer to a callback that says nothing but a word.
  init(_ word: CallbackWord, to callback: Callback) {
    self.word = word
    operation = callback.operation
    echo = callback.echo
    account = callback.account
    transaction = callback.money?.transaction
  }

  init(_ word: CallbackWord, _ operation: CallbackOperation, echo: String? = nil) {
    self.word = word
    self.operation = operation
    self.echo = echo
  }
}
