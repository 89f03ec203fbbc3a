/// Why a body is not a callback of its provider.
struct CallbackFault: Error, Hashable, Sendable {
  let what: String
  /// The id of the request, as far as it could be read.
  var echo: String?

  init(_ what: String, echo: String? = nil) {
    self.what = what
    self.echo = echo
  }
}
