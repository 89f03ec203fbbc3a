internal import Contracts
internal import HTTPTypes

extension HTTPField.Name {
  /// A name that is known to be a token; the fallback can't occur.
  private static func known(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }

  static let requestID = known(HeaderNames.requestID)
  static let traceResponse = known(HeaderNames.traceresponse)
}
