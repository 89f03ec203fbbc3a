internal import Kernel

/// Is told what the proxy did. Called on event loops: counts and returns.
protocol ExchangeObserver: Sendable {
  func exchangeEnded(_ record: ExchangeRecord)
  func connectionOpened()
  func connectionClosed()
}
