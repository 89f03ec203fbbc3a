internal import HTTPTypes
internal import Kernel
internal import NIOCore
internal import NIOHTTP1

/// Turns the parts of HTTP/1.1 into whole requests, and whole answers into parts, within the limits.
///
/// A request is handed on when its last byte is here. So a slow or broken sender costs one small buffer and no task; a body that was
/// cut off never reaches a handler; and limits and timeouts have one place. The price is that bodies can't be streamed, which no
/// operation of the platform does (the gateway's proxy path has a pipeline of its own).
final class RequestAssembler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Reply
  typealias OutboundOut = ByteBuffer

  /// A peer may send so many requests ahead of their answers; then nothing more is read until one is answered.
  private static let pendingMax = 16

  private struct Pending {
    let isHead: Bool
    let closesAfter: Bool
  }

  private enum Reading {
    case nothing(since: NIODeadline)
    case head(since: NIODeadline)
    case body(HTTPRequestHead, ByteBuffer, since: NIODeadline)
  }

  private let limits: HTTPLimits
  private let mailbox: RequestMailbox
  private let refuse: @Sendable (Problem) -> Reply
  private var reading = Reading.nothing(since: .now())
  /// Handed on and not answered yet, oldest first.
  private var pending: CircularBuffer<Pending> = []
  /// Set once nothing more is read: a refusal waits for the answers before it, or the connection is about to close.
  private var isDeaf = false
  private var waitingRefusal: Problem?
  private var isQuiescing = false
  private var isLingering = false
  private var isReadHeld = false
  private var writingSince: NIODeadline?
  private var ticker: RepeatedTask?

  /// - Parameters:
  ///   - mailbox: where whole requests go.
  ///   - refuse: makes the answer to what never became a request.
  init(limits: HTTPLimits, mailbox: RequestMailbox, refuse: @escaping @Sendable (Problem) -> Reply) {
    self.limits = limits
    self.mailbox = mailbox
    self.refuse = refuse
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let shortest = min(limits.headerTimeout, limits.bodyTimeout, limits.idleTimeout)
    // A quarter of the shortest limit is exact enough, and one timer per connection costs less than one per phase of each request.
    let interval = TimeAmount(min(max(shortest / 4, .milliseconds(25)), .seconds(1)))
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    ticker = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
      let (handler, context) = bound.value
      handler.checkTime(context)
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) { ticker?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    ticker?.cancel()
    mailbox.finish()
    context.fireChannelInactive()
  }

  /// Called by ``ArrivalObserver``: the header timeout counts from a request's first byte, which the parser doesn't show.
  func bytesArrived() {
    if case .nothing = reading { reading = .head(since: .now()) }
  }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDeaf else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head, context)
    case .body(let bytes): append(bytes, context)
    case .end: complete(context)
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    if let problem = RequestHeadRules.refusal(of: head, limits: limits) { return close(with: problem, context) }
    if head.headers.contains(name: "expect") {
      context.writeAndFlush(wrapOutboundOut(ReplyWriter.goAhead), promise: nil)
    }
    reading = .body(head, ByteBuffer(), since: .now())
  }

  private func append(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    guard case .body(let head, var body, let since) = reading else { return }
    // Out of the state while it grows, so that there is one reference and no copy.
    reading = .nothing(since: since)
    body.writeImmutableBuffer(bytes)
    reading = .body(head, body, since: since)
    if body.readableBytes > limits.bodyBytesMax { close(with: Problem(.bodyTooLarge), context) }
  }

  private func complete(_ context: ChannelHandlerContext) {
    guard case .body(let head, let body, _) = reading else { return }
    reading = .nothing(since: .now())
    guard let method = HTTPRequest.Method(head.method.rawValue) else { return close(with: Problem(.malformedRequest), context) }
    let closesAfter = !head.isKeepAlive || isQuiescing
    pending.append(Pending(isHead: head.method == .HEAD, closesAfter: closesAfter))
    if closesAfter { isDeaf = true }
    mailbox.put(
      IncomingRequest(
        method: method, target: head.uri, authority: head.headers.first(name: "host") ?? "", headers: head.headers.fields,
        body: Array(body.readableBytesView), peerAddress: context.channel.remoteAddress?.ipAddress))
  }

  func read(context: ChannelHandlerContext) {
    if pending.count < Self.pendingMax { context.read() } else { isReadHeld = true }
  }

  // MARK: Answers

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let request = pending.popFirst() ?? Pending(isHead: false, closesAfter: true)
    let reply = unwrapOutboundIn(data)
    let closes = request.closesAfter || isQuiescing || reply.headers[.connection] == "close"
    write(reply, isHead: request.isHead, closes: closes, context, promise: promise)
    if !closes, pending.isEmpty, let problem = waitingRefusal {
      waitingRefusal = nil
      write(refuse(problem), isHead: false, closes: true, context, promise: nil)
    }
    guard isReadHeld, pending.count < Self.pendingMax else { return }
    isReadHeld = false
    context.read()
  }

  private func write(_ reply: Reply, isHead: Bool, closes: Bool, _ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
    writingSince = writingSince ?? .now()
    let written = promise ?? context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    written.futureResult.whenComplete { _ in
      let (handler, context) = bound.value
      handler.answered(closes: closes, context)
    }
    context.writeAndFlush(wrapOutboundOut(ReplyWriter.bytes(of: reply, isHead: isHead, closes: closes)), promise: written)
  }

  private func answered(closes: Bool, _ context: ChannelHandlerContext) {
    if pending.isEmpty { writingSince = nil }
    if case .nothing = reading { reading = .nothing(since: .now()) }
    if closes { linger(context) }
  }

  /// Closes our side and waits a moment for the peer to close its own. Closing both at once while bytes are still arriving makes the
  /// kernel send a reset, which can destroy the answer before the peer has read it.
  private func linger(_ context: ChannelHandlerContext) {
    guard !isLingering else { return }
    isDeaf = true
    isLingering = true
    reading = .nothing(since: .now())
    context.close(mode: .output, promise: nil)
  }

  /// Refuses what is arriving, after the answers before it, and closes.
  private func close(with problem: Problem, _ context: ChannelHandlerContext) {
    guard !isDeaf else { return }
    isDeaf = true
    if pending.isEmpty {
      write(refuse(problem), isHead: false, closes: true, context, promise: nil)
    } else {
      waitingRefusal = problem
    }
  }

  // MARK: Events

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A broken connection; or an error of ours, after which nobody knows what the peer has got.
    guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
    switch error {
    // The peer went away inside a request: there is nobody to answer.
    case .invalidEOFState where context.channel.isActive == false: break
    case .headerOverflow: close(with: Problem(.headerTooLarge), context)
    case .invalidVersion: close(with: Problem(.httpVersionNotSupported), context)
    default: close(with: Problem(.malformedRequest), context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent:
      isQuiescing = true
      if case .nothing = reading, pending.isEmpty { context.close(promise: nil) }
    case ChannelEvent.inputClosed where isLingering:
      context.close(promise: nil)
    case ChannelEvent.inputClosed:
      mailbox.finish()
    default:
      context.fireUserInboundEventTriggered(event)
    }
  }

  private func checkTime(_ context: ChannelHandlerContext) {
    let now = NIODeadline.now()
    if let writingSince, pending.isEmpty, now - writingSince > TimeAmount(limits.bodyTimeout) { return context.close(promise: nil) }
    switch reading {
    case .nothing(let since):
      let limit = isLingering ? TimeAmount.seconds(1) : TimeAmount(limits.idleTimeout)
      if pending.isEmpty, now - since > limit { context.close(promise: nil) }
    case .head(let since):
      if now - since > TimeAmount(limits.headerTimeout) { close(with: Problem(.requestTimeout), context) }
    case .body(_, _, let since):
      if now - since > TimeAmount(limits.bodyTimeout) { close(with: Problem(.requestTimeout), context) }
    }
  }
}
