internal import Kernel
internal import NIOCore

/// The life of one client connection as a value: events in, actions out, no socket, no clock.
///
/// Always true: at most one request of a connection is with an upstream; every accepted head gets exactly one answer or the connection
/// ends; after a framing fault nothing more of the connection is read as a request; a request that may have an effect is never sent twice.
struct ProxyExchangeMachine {
  enum Phase: Hashable {
    case idle
    case admitting
    case collecting
    case leasing
    case exchanging
    /// The answer is written, the rest of the request's body is read and dropped so that the connection can go on.
    case discarding
    /// The answer is written and our direction closed; what still comes is dropped, so that a reset doesn't overtake the answer.
    case lingering
    case closed
  }

  private(set) var phase = Phase.idle
  private var request = RequestTraits(hasBody: false, contentLength: nil, keepAlive: true, expectsContinue: false, isReplayable: false)
  private var response = ResponseTraits(keepAlive: false, endsWithClose: false, closesClient: false)
  private var requestEnded = true
  private var continueSent = false
  private var responseStarted = false
  private var upstreamReused = false
  private var retried = false
  private var closes = false
  private var draining = false
  private var bodyBytes: Int64 = 0
  private var clientWritable = true
  private var upstreamWritable = true
  private let bodyBytesMax: Int64

  init(bodyBytesMax: Int) { self.bodyBytesMax = Int64(bodyBytesMax) }

  // MARK: What the connection may read

  /// Whether the next bytes of the client are looked at as a head.
  var wantsHead: Bool { phase == .idle }

  /// Whether the next bytes of the client are looked at as this request's body.
  var wantsBody: Bool {
    switch phase {
    case .collecting, .discarding: !requestEnded
    case .exchanging: !requestEnded && !responseStarted && upstreamWritable
    case .idle, .admitting, .leasing, .lingering, .closed: false
    }
  }

  /// Whether to ask the client's socket for more. While the gate is closed, the kernel's window slows the client down.
  var wantsClientRead: Bool { wantsHead || wantsBody || phase == .lingering }

  /// Whether to ask the upstream's socket for more: not while the client is slower than the service.
  var wantsUpstreamRead: Bool { phase != .exchanging || clientWritable }

  var isResponseStarted: Bool { responseStarted }
  var isRequestEnded: Bool { requestEnded }

  // MARK: Events

  mutating func handle(_ event: ProxyEvent, _ actions: inout [ProxyAction]) {
    switch event {
    case .requestHead(let traits): begin(traits, &actions)
    case .requestFault(let problem): fault(problem, &actions)
    case .forward(let handling): forward(handling, &actions)
    case .answer(let answer): if phase == .admitting { give(answer, &actions) }
    case .requestBody(let bytes): body(bytes, &actions)
    case .requestEnd: bodyEnded(&actions)
    case .leased(let reused): leased(reused: reused, &actions)
    case .leaseFailed(let problem): if phase == .leasing { give(.problem(problem), &actions) }
    case .responseHead(let traits): responseHead(traits, &actions)
    case .responseBody(let bytes): if phase == .exchanging { actions.append(.sendResponseBody(bytes)) }
    case .responseEnd: responseEnded(reusable: response.keepAlive, &actions)
    case .upstreamClosed: upstreamClosed(&actions)
    case .upstreamFault: upstreamFault(&actions)
    case .clientHalfClosed: clientHalfClosed(&actions)
    case .clientClosed: clientClosed(&actions)
    case .deadline(let headStarted): deadline(headStarted: headStarted, &actions)
    case .drain:
      draining = true
      if !responseStarted { closes = true }
    case .shutdown(let headStarted): shutdown(headStarted: headStarted, &actions)
    case .clientWritable(let writable): clientWritable = writable
    case .upstreamWritable(let writable): upstreamWritable = writable
    }
  }
}

// MARK: - The request's side

extension ProxyExchangeMachine {
  private mutating func begin(_ traits: RequestTraits, _ actions: inout [ProxyAction]) {
    guard phase == .idle else { return }
    phase = .admitting
    request = traits
    requestEnded = !traits.hasBody
    continueSent = false
    responseStarted = false
    retried = false
    bodyBytes = 0
    upstreamWritable = true
    closes = draining || !traits.keepAlive
    if let length = traits.contentLength, length > bodyBytesMax {
      closes = true
      give(.problem(Self.bodyTooLarge), &actions)
    } else {
      actions.append(.admit)
    }
  }

  private mutating func forward(_ handling: BodyHandling, _ actions: inout [ProxyAction]) {
    guard phase == .admitting else { return }
    if handling == .collect, !requestEnded {
      phase = .collecting
      invite(&actions)
    } else {
      phase = .leasing
      actions.append(.leaseUpstream(fresh: false))
    }
  }

  /// Tells a waiting client to send its body. The gateway answers `Expect` itself: the service never sees the field.
  private mutating func invite(_ actions: inout [ProxyAction]) {
    guard request.expectsContinue, !continueSent, !requestEnded else { return }
    continueSent = true
    actions.append(.sendContinue)
  }

  private mutating func body(_ bytes: ByteBuffer, _ actions: inout [ProxyAction]) {
    bodyBytes += Int64(bytes.readableBytes)
    guard bodyBytes <= bodyBytesMax else { return fault(Self.bodyTooLarge, &actions) }
    switch phase {
    case .collecting: actions.append(.collectBody(bytes))
    case .exchanging: actions.append(.sendRequestBody(bytes))
    case .idle, .admitting, .leasing, .discarding, .lingering, .closed: break
    }
  }

  private mutating func bodyEnded(_ actions: inout [ProxyAction]) {
    requestEnded = true
    switch phase {
    case .collecting:
      phase = .leasing
      actions.append(.leaseUpstream(fresh: false))
    case .exchanging: actions.append(.sendRequestEnd)
    case .discarding: finish(&actions)
    case .idle, .admitting, .leasing, .lingering, .closed: break
    }
  }

  private mutating func fault(_ problem: Problem, _ actions: inout [ProxyAction]) {
    closes = true
    switch phase {
    case .idle, .admitting, .collecting: give(.problem(problem), &actions)
    case .leasing:
      actions.append(.cancelLease)
      give(.problem(problem), &actions)
    case .exchanging:
      actions.append(.dropUpstream)
      if responseStarted { close(&actions) } else { give(.problem(problem), &actions) }
    case .discarding: linger(&actions)
    case .lingering, .closed: break
    }
  }
}

// MARK: - The upstream's side

extension ProxyExchangeMachine {
  private mutating func leased(reused: Bool, _ actions: inout [ProxyAction]) {
    guard phase == .leasing else { return }
    phase = .exchanging
    upstreamReused = reused
    upstreamWritable = true
    actions.append(.sendRequestHead)
    if requestEnded { actions.append(.sendRequestEnd) } else { invite(&actions) }
  }

  private mutating func responseHead(_ traits: ResponseTraits, _ actions: inout [ProxyAction]) {
    guard phase == .exchanging, !responseStarted else { return }
    responseStarted = true
    response = traits
    // A service that answers before it has the whole body won't read the rest; neither connection is at a message's end then.
    if !requestEnded { closes = true }
    if draining || traits.closesClient { closes = true }
    actions.append(.sendResponseHead(closes: closes))
  }

  private mutating func responseEnded(reusable: Bool, _ actions: inout [ProxyAction]) {
    guard phase == .exchanging, responseStarted else { return }
    actions.append(.sendResponseEnd)
    actions.append(reusable && requestEnded ? .releaseUpstream : .dropUpstream)
    finish(&actions)
  }

  private mutating func upstreamClosed(_ actions: inout [ProxyAction]) {
    guard phase == .exchanging else { return }
    if responseStarted {
      if response.endsWithClose { return responseEnded(reusable: false, &actions) }
      // The client must see that the body is cut short: no end of body, no reuse.
      actions.append(.dropUpstream)
      return close(&actions)
    }
    actions.append(.dropUpstream)
    if upstreamReused, request.isReplayable, !retried {
      retried = true
      phase = .leasing
      actions.append(.leaseUpstream(fresh: true))
    } else {
      give(.problem(Problem(.upstreamUnavailable, detail: "The service closed the connection without an answer.")), &actions)
    }
  }

  private mutating func upstreamFault(_ actions: inout [ProxyAction]) {
    guard phase == .exchanging else { return }
    actions.append(.dropUpstream)
    if responseStarted { return close(&actions) }
    give(.problem(Problem(.upstreamUnavailable, detail: "The service's answer is not valid HTTP.")), &actions)
  }
}

// MARK: - Ends

extension ProxyExchangeMachine {
  private static let bodyTooLarge = Problem(.bodyTooLarge)

  /// Answers in the service's place and then ends the exchange or the connection.
  private mutating func give(_ answer: GatewayAnswer, _ actions: inout [ProxyAction]) {
    guard phase != .lingering, phase != .closed, phase != .discarding else { return }
    // A client that was not invited may or may not send its body: the next bytes could be either, so this connection ends.
    if !requestEnded, request.expectsContinue, !continueSent { closes = true }
    if draining { closes = true }
    responseStarted = true
    actions.append(.give(answer, closes: closes))
    if requestEnded || closes { finish(&actions) } else { phase = .discarding }
  }

  private mutating func finish(_ actions: inout [ProxyAction]) {
    actions.append(.finish)
    guard !closes, !draining, requestEnded else { return linger(&actions) }
    phase = .idle
    responseStarted = false
  }

  private mutating func linger(_ actions: inout [ProxyAction]) {
    phase = .lingering
    actions.append(.closeOutput)
  }

  private mutating func close(_ actions: inout [ProxyAction]) {
    phase = .closed
    actions.append(.close)
  }

  private mutating func clientHalfClosed(_ actions: inout [ProxyAction]) {
    switch phase {
    case .admitting, .leasing, .exchanging:
      closes = true
      if !requestEnded, !responseStarted { abandon(&actions) }
    case .idle, .discarding: linger(&actions)
    case .collecting: close(&actions)
    // The connection ends by itself when both directions are closed.
    case .lingering, .closed: break
    }
  }

  private mutating func abandon(_ actions: inout [ProxyAction]) {
    if phase == .leasing { actions.append(.cancelLease) }
    if phase == .exchanging { actions.append(.dropUpstream) }
    close(&actions)
  }

  private mutating func clientClosed(_ actions: inout [ProxyAction]) {
    guard phase != .closed else { return }
    if phase == .leasing { actions.append(.cancelLease) }
    if phase == .exchanging { actions.append(.dropUpstream) }
    phase = .closed
  }

  private mutating func deadline(headStarted: Bool, _ actions: inout [ProxyAction]) {
    switch phase {
    case .idle where headStarted, .collecting: fault(Problem(.requestTimeout), &actions)
    case .idle: linger(&actions)
    case .discarding, .lingering: close(&actions)
    case .admitting:
      closes = true
      give(.problem(Problem(.unavailable, retryAfterSeconds: 1)), &actions)
    case .leasing:
      actions.append(.cancelLease)
      give(.problem(Problem(.overloaded, detail: "No connection to the service became free in time.", retryAfterSeconds: 1)), &actions)
    case .exchanging where !requestEnded && !responseStarted && upstreamWritable: fault(Problem(.requestTimeout), &actions)
    case .exchanging:
      actions.append(.dropUpstream)
      if responseStarted { close(&actions) } else { give(.problem(Problem(.upstreamTimeout)), &actions) }
    case .closed: break
    }
  }

  private mutating func shutdown(headStarted: Bool, _ actions: inout [ProxyAction]) {
    draining = true
    if phase == .idle, !headStarted { linger(&actions) }
  }
}
