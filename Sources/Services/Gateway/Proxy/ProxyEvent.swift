internal import Kernel
internal import NIOCore

/// What can happen to a client connection and its exchange.
enum ProxyEvent {
  case requestHead(RequestTraits)
  /// The client broke the protocol or a limit; nothing after it can be trusted to be a request.
  case requestFault(Problem)
  /// Admission lets the request pass.
  case forward(BodyHandling)
  /// Admission refuses, or the gateway has the answer itself.
  case answer(GatewayAnswer)
  case requestBody(ByteBuffer)
  case requestEnd
  case leased(reused: Bool)
  case leaseFailed(Problem)
  case responseHead(ResponseTraits)
  case responseBody(ByteBuffer)
  case responseEnd
  /// The upstream's connection ended, orderly or not.
  case upstreamClosed
  /// The upstream broke the protocol.
  case upstreamFault
  /// The client has closed its sending direction.
  case clientHalfClosed
  case clientClosed
  /// The time of the current phase is over.
  /// - Parameter headStarted: whether bytes of a next request are there.
  case deadline(headStarted: Bool)
  /// The process is going down: from here on every answer ends its connection.
  case drain
  /// The listener has closed: connections without a request end now.
  /// - Parameter headStarted: as above.
  case shutdown(headStarted: Bool)
  case clientWritable(Bool)
  case upstreamWritable(Bool)
}
