internal import NIOCore

/// What the connection does next, in this order.
enum ProxyAction: Equatable {
  case admit
  case sendContinue
  case collectBody(ByteBuffer)
  /// - Parameter fresh: old idle connections to this upstream are given up first; one of them has just turned out to be dead.
  case leaseUpstream(fresh: Bool)
  case cancelLease
  /// The head and, when it was collected, the body.
  case sendRequestHead
  case sendRequestBody(ByteBuffer)
  case sendRequestEnd
  case sendResponseHead(closes: Bool)
  case sendResponseBody(ByteBuffer)
  case sendResponseEnd
  case releaseUpstream
  case dropUpstream
  case give(GatewayAnswer, closes: Bool)
  /// The exchange is over: count it, forget it, look at the next pipelined request if the machine wants a head.
  case finish
  case closeOutput
  case close
}
