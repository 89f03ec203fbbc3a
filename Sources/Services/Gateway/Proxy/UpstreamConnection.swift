internal import NIOCore

/// One connection to a service: reads responses for the exchange that holds it.
///
/// Bytes that come while nobody holds it belong to no request; such a connection is closed, never lent again.
final class UpstreamConnection: ChannelInboundHandler, ChannelOutboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  static let name = "upstream"

  /// When it was put back; meaningful while it is idle.
  var idleSince = NIODeadline.distantPast
  /// Whether the pool counts it as open, so that its end is reported once.
  var isCounted = false

  private let pool: UpstreamPool
  private let limits: WireLimits
  private var context: ChannelHandlerContext?
  private var client: ClientConnection?
  /// Whose bytes the current read brought; it may no longer hold this connection.
  private var readFor: ClientConnection?
  private var parser: ResponseHeadParser
  private var body: BodyReader?
  private var answersHead = false
  private var inbound = ByteBuffer()
  private var readPending = false
  private var isDead = false

  init(pool: UpstreamPool, limits: WireLimits) {
    self.pool = pool
    self.limits = limits
    self.parser = ResponseHeadParser(limits: limits)
  }

  var isUsable: Bool { !isDead && context?.channel.isActive == true }
  var isWritable: Bool { context?.channel.isWritable ?? false }

  // MARK: What the exchange does with it

  func begin(for client: ClientConnection, answersHead: Bool) {
    self.client = client
    self.answersHead = answersHead
    parser = ResponseHeadParser(limits: limits)
    body = nil
    resumeReading()
  }

  /// The exchange lets go of it; whoever comes next calls ``begin(for:answersHead:)``.
  func end() {
    client = nil
    resumeReading()
  }

  func write(_ bytes: ByteBuffer) { context?.write(wrapOutboundOut(bytes), promise: nil) }

  func flush() { context?.flush() }

  func close() {
    isDead = true
    client = nil
    context?.close(promise: nil)
  }

  func resumeReading() {
    guard readPending, mayRead else { return }
    readPending = false
    context?.read()
  }

  private var mayRead: Bool { client?.wantsUpstreamRead ?? true }

  // MARK: Channel events

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func read(context: ChannelHandlerContext) {
    if mayRead { context.read() } else { readPending = true }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard let client, !isDead else { return close() }
    // One write to the client's socket per read of ours: head and body leave together. The exchange may end within this read.
    client.isInUpstreamRead = true
    readFor = client
    if inbound.readableBytes == 0 { inbound = bytes } else { inbound.writeBuffer(&bytes) }
    deliver()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    finishRead()
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    client?.receive(.upstreamWritable(context.channel.isWritable))
  }

  func channelInactive(context: ChannelHandlerContext) {
    isDead = true
    let client = self.client
    self.client = nil
    if isCounted { pool.closed(self) }
    client?.upstreamEnded()
    finishRead()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A reset is followed by channelInactive, which tells the exchange.
    isDead = true
    context.close(promise: nil)
  }

  private func finishRead() {
    readFor?.flushAfterUpstreamRead()
    readFor = nil
  }

  // MARK: Reading responses

  private func deliver() {
    do {
      while let client, try step(client) {}
    } catch {
      isDead = true
      client?.receive(.upstreamFault)
    }
  }

  /// One piece of a response; false when more bytes are needed or the response is over.
  private func step(_ client: ClientConnection) throws -> Bool {
    guard body != nil else {
      guard let head = try parser.parse(&inbound, answersHead: answersHead) else { return false }
      // 100 and 103 are between the service and the gateway; 101 was never asked for.
      if head.status < 200 {
        guard head.status != 101 else { throw WireFault.malformed("The service switches protocols unasked.") }
        return true
      }
      body = BodyReader(head.framing, limits: limits)
      client.receiveResponse(head)
      return true
    }
    switch try body?.next(&inbound) ?? .needsMore {
    case .bytes(let bytes):
      client.receive(.responseBody(bytes))
      return true
    case .needsMore: return false
    case .ended:
      // Bytes behind the response answer no request: the connection is out of step.
      if inbound.readableBytes > 0 { isDead = true }
      body = nil
      client.receive(.responseEnd)
      return false
    }
  }
}
