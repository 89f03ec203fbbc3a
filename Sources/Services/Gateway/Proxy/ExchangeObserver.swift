internal import Kernel

/// Is told what the proxy did. Called on event loops: counts and returns.
protocol ExchangeObserver: Sendable {
  /// - Returns: what ``ExchangeRecord/entry`` is to be at the end.
  func exchangeBegan(_ verb: HTTPVerb, path: String, requestID: String) -> UInt64
  func exchangeEnded(_ record: ExchangeRecord)
  func connectionOpened()
  func connectionClosed()
}
