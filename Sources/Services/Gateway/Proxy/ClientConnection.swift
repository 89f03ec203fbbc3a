internal import Kernel
internal import NIOCore

/// One client's connection: feeds the bytes to the parser, what happens to the machine, and does what the machine says.
///
/// It decides nothing itself. What is done is in `ClientConnection+Actions.swift`.
final class ClientConnection: ChannelInboundHandler, ChannelOutboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  let loop: GatewayLoop
  let peer: ClientAddress
  var context: ChannelHandlerContext?
  var machine: ProxyExchangeMachine
  var exchange: Exchange?
  var bodyReader: BodyReader?
  var upstream: UpstreamConnection?
  var needsFlush = false
  /// While the service's socket is being read, writes are gathered.
  var isInUpstreamRead = false
  private(set) var deadline = NIODeadline.distantFuture

  private let overLimit: Problem?
  private let limiter: ConnectionLimiter
  private var parser: RequestHeadParser
  private var inbound = ByteBuffer()
  private var queue: [ProxyAction] = []
  private var isExecuting = false
  private var isPumping = false
  private var readPending = false
  private(set) var inputEnded = false
  private var inputEndReported = false
  private var outputIsClosed = false
  private var stage = Stage.idle
  private var serial: UInt64 = 0

  /// What the connection waits for; each kind of waiting has its own time.
  private enum Stage {
    case idle, head, admission, body, lease, response, answer, linger, closed
  }

  /// - Parameter overLimit: the answer to give at once when the connection is one too many.
  init(loop: GatewayLoop, peer: ClientAddress, limiter: ConnectionLimiter, overLimit: Problem?) {
    self.loop = loop
    self.peer = peer
    self.limiter = limiter
    self.overLimit = overLimit
    machine = ProxyExchangeMachine(bodyBytesMax: loop.settings.bodyBytesMax)
    parser = RequestHeadParser(limits: loop.settings.wire)
    arm(.idle)
  }

  // MARK: Channel events

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    // Comes for every connection that was counted, also for one that never became active.
    limiter.close(peer.bucket)
  }

  func channelActive(context: ChannelHandlerContext) {
    loop.add(self)
    if loop.isDraining { receive(.drain) }
    if let overLimit { receive(.requestFault(overLimit)) }
    context.fireChannelActive()
  }

  func read(context: ChannelHandlerContext) {
    if machine.wantsClientRead { context.read() } else { readPending = true }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard machine.phase != .lingering, machine.phase != .closed else { return }
    var bytes = unwrapInboundIn(data)
    if inbound.readableBytes == 0 { inbound = bytes } else { inbound.writeBuffer(&bytes) }
    pump()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .some(.inputClosed) = event as? ChannelEvent {
      inputEnded = true
      pump()
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    receive(.clientWritable(context.channel.isWritable))
    upstream?.resumeReading()
  }

  func channelInactive(context: ChannelHandlerContext) {
    receive(.clientClosed)
    finish()
    loop.remove(self)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A reset: channelInactive follows and tells the machine.
    context.close(promise: nil)
  }

  // MARK: Calls from the upstream's side

  var wantsUpstreamRead: Bool { machine.wantsUpstreamRead }

  func leased(_ connection: UpstreamConnection, reused: Bool) {
    upstream = connection
    connection.begin(for: self, answersHead: exchange?.answersHead ?? false)
    receive(.leased(reused: reused))
  }

  func leaseFailed(_ problem: Problem) { receive(.leaseFailed(problem)) }

  func upstreamEnded() { receive(.upstreamClosed) }

  func receiveResponse(_ head: ResponseHead) {
    receive(.responseHead(prepareResponse(head)))
  }

  func flushAfterUpstreamRead() {
    isInUpstreamRead = false
    flushIfNeeded()
  }

  // MARK: Calls from the loop

  func deadlinePassed() {
    deadline = .distantFuture
    receive(.deadline(headStarted: inbound.readableBytes > 0))
  }

  func drain() { receive(.drain) }

  func shutdown() { receive(.shutdown(headStarted: inbound.readableBytes > 0)) }

  func abort() { context?.close(promise: nil) }

  // MARK: Events in, actions out

  func receive(_ event: ProxyEvent) {
    machine.handle(event, &queue)
    guard !isExecuting else { return }
    isExecuting = true
    var next = 0
    while next < queue.count {
      let action = queue[next]
      next += 1
      perform(action)
    }
    queue.removeAll(keepingCapacity: true)
    isExecuting = false
    pump()
    flushIfNeeded()
    resumeReading()
    arm(currentStage)
  }

  /// Looks at what has been received for as long as the machine wants to see more of it.
  private func pump() {
    guard !isPumping, !isExecuting else { return }
    isPumping = true
    while inbound.readableBytes > 0 || machine.wantsBody, advance() {}
    isPumping = false
    // Told only when everything before it has been looked at: a client may send whole requests and close its direction at once.
    if inputEnded, !inputEndReported, inbound.readableBytes == 0 || machine.wantsHead || machine.wantsBody {
      inputEndReported = true
      receive(.clientHalfClosed)
    }
    arm(currentStage)
  }

  /// One head or one piece of a body; false when nothing more can be read now.
  private func advance() -> Bool {
    do throws(WireFault) {
      if machine.wantsHead {
        guard let head = try parser.parse(&inbound) else { return false }
        accept(head)
        return true
      }
      guard machine.wantsBody else { return false }
      switch try bodyReader?.next(&inbound) ?? .ended {
      case .bytes(let bytes): receive(.requestBody(bytes))
      case .ended: receive(.requestEnd)
      case .needsMore: return false
      }
      return true
    } catch {
      inbound.clear()
      receive(.requestFault(error.problem))
      return false
    }
  }

  private func accept(_ head: RequestHead) {
    beginExchange(head)
    bodyReader = BodyReader(head.framing, limits: loop.settings.wire)
    let length: Int64? = if case .length(let length) = head.framing { length } else { nil }
    receive(
      .requestHead(
        RequestTraits(
          hasBody: head.framing != .none, contentLength: length, keepAlive: head.keepAlive, expectsContinue: head.expectsContinue,
          isReplayable: head.verb.isSafe && head.framing == .none)))
  }

  /// - Parameter head: nil for an answer to something that never became a request.
  func beginExchange(_ head: RequestHead?) {
    serial += 1
    var client = peer
    if let head, head.count(of: .forwardedFor) > 0, loop.ports.clients.isTrusted(peer) {
      let values = head.fields.filter { $0.kind == .forwardedFor }.map { head.text($0.valueRange) }
      client = loop.ports.clients.client(of: peer, forwardedFor: values)
    }
    let identifiers = loop.identifiers.next(for: head)
    let entry = head.map { loop.ports.observer.exchangeBegan($0.verb, path: $0.text($0.path), requestID: identifiers.requestID) }
    exchange = Exchange(serial: serial, head: head, identifiers: identifiers, client: client, startedAt: .now(), entry: entry)
  }

  private func flushIfNeeded() {
    guard needsFlush, !isInUpstreamRead else { return }
    needsFlush = false
    context?.flush()
  }

  private func resumeReading() {
    guard readPending, machine.wantsClientRead else { return }
    readPending = false
    context?.read()
  }

  /// Ends our direction once everything written is with the kernel. The rest of what the client sends is dropped for a while:
  /// closing at once would answer it with a reset, and a reset destroys an answer that the client hasn't read yet.
  func closeOutput() {
    guard let context else { return }
    let flushed = context.eventLoop.makePromise(of: Void.self)
    flushed.futureResult.assumeIsolated().whenComplete { [weak self] _ in self?.outputFlushed() }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: flushed)
  }

  private func outputFlushed() {
    outputIsClosed = true
    if inputEnded { context?.close(promise: nil) } else { context?.close(mode: .output, promise: nil) }
    arm(currentStage)
  }

  // MARK: Deadlines

  private var currentStage: Stage {
    switch machine.phase {
    case .idle: inbound.readableBytes > 0 ? .head : .idle
    case .admitting: .admission
    case .collecting, .discarding: .body
    case .leasing: .lease
    case .exchanging: machine.isResponseStarted ? .answer : machine.isRequestEnded ? .response : .body
    case .lingering: outputIsClosed ? .linger : .answer
    case .closed: .closed
    }
  }

  /// Sets the time for a new stage. Only a running answer gets more time by making progress; a body that trickles doesn't.
  private func arm(_ next: Stage) {
    guard next != stage || next == .answer || deadline == .distantFuture else { return }
    stage = next
    let settings = loop.settings
    let time: TimeAmount? =
      switch next {
      case .idle: settings.idleTimeout
      case .head: settings.headTimeout
      case .admission: settings.admissionTimeout
      case .body: settings.bodyTimeout
      case .lease: settings.leaseTimeout + settings.connectTimeout
      case .response: settings.responseTimeout
      case .answer: settings.stallTimeout
      case .linger: settings.lingerTimeout
      case .closed: nil
      }
    deadline = time.map { .now() + $0 } ?? .distantFuture
  }
}
