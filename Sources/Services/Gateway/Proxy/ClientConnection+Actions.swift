internal import Contracts
internal import Kernel
internal import NIOCore

/// What the machine's actions mean on real channels.
extension ClientConnection {
  func perform(_ action: ProxyAction) {
    switch action {
    case .admit: admit()
    case .sendContinue: write(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"))
    case .collectBody(let bytes): collect(bytes)
    case .leaseUpstream(let fresh): lease(fresh: fresh)
    case .cancelLease: pool?.cancel(self)
    case .sendRequestHead: sendRequestHead()
    case .sendRequestBody(let bytes): sendRequestBody(bytes)
    case .sendRequestEnd: sendRequestEnd()
    case .sendResponseHead(let closes): sendResponseHead(closes: closes)
    case .sendResponseBody(let bytes): sendResponseBody(bytes)
    case .sendResponseEnd: if exchange?.responseFraming == .chunked { write(ByteBuffer(staticString: HeadWriter.lastChunk)) }
    case .releaseUpstream: releaseUpstream()
    case .dropUpstream: dropUpstream()
    case .give(let answer, let closes): give(answer, closes: closes)
    case .finish: finish()
    case .closeOutput: closeOutput()
    case .close: context?.close(promise: nil)
    }
  }

  // MARK: Admission

  private func admit() {
    guard let exchange, let head = exchange.head else { return }
    let request = AdmissionRequest(
      head: head, client: exchange.client, identifiers: exchange.identifiers, isDraining: loop.ports.isDraining())
    let serial = exchange.serial
    let bound = NIOLoopBound(self, eventLoop: loop.eventLoop)
    let decision = loop.ports.admission.decide(request) { decision in
      bound.eventLoop.execute { bound.value.decided(decision, serial: serial) }
    }
    if let decision { decided(decision, serial: serial) }
  }

  private func decided(_ decision: AdmissionDecision, serial: UInt64) {
    // The decision may come after the deadline, for a request that has been answered.
    guard exchange?.serial == serial, machine.phase == .admitting else { return }
    switch decision {
    case .forward(let admittance):
      exchange?.admittance = admittance
      receive(.forward(admittance.route.isSigned ? .collect : .stream))
    case .refuse(let refusal): receive(.answer(.refusal(refusal)))
    case .page(let page): receive(.answer(.page(page)))
    }
  }

  // MARK: Towards the service

  private var pool: UpstreamPool? { exchange?.admittance.flatMap { loop.pool(for: $0.route.upstream) } }

  private func lease(fresh: Bool) {
    guard let pool else {
      return receive(.leaseFailed(Problem(.upstreamUnavailable, detail: "No address of the service is configured.")))
    }
    if exchange?.leaseStartedAt == nil { exchange?.leaseStartedAt = .now() }
    pool.lease(to: self, fresh: fresh)
  }

  private func collect(_ bytes: ByteBuffer) {
    if exchange?.collected == nil { exchange?.collected = bytes } else { exchange?.collected?.writeImmutableBuffer(bytes) }
  }

  private func sendRequestHead() {
    guard let exchange, let head = exchange.head, let admittance = exchange.admittance, let upstream else { return }
    let isSigned = admittance.route.isSigned
    let collected = exchange.collected.map { $0.readableBytes > 0 ? BodyFraming.length(Int64($0.readableBytes)) : .none } ?? .none
    var buffer = ByteBuffer()
    buffer.reserveCapacity(head.bytes.readableBytes + 640)
    HeadWriter.request(
      head, framing: isSigned ? collected : head.framing, passesTracestate: exchange.identifiers.continuesTrace,
      added: addedFields(exchange, head, admittance), into: &buffer)
    if let body = exchange.collected { buffer.writeImmutableBuffer(body) }
    upstream.write(buffer)
  }

  /// What only the gateway may say: who the brand, the player and the caller are.
  private func addedFields(_ exchange: Exchange, _ head: RequestHead, _ admittance: Admittance) -> ByteBuffer {
    var lines = ByteBuffer()
    lines.reserveCapacity(512)
    func add(_ name: String, _ value: String) {
      lines.writeString(name)
      lines.writeStaticString(": ")
      lines.writeString(value)
      lines.writeStaticString("\r\n")
    }
    add(HeaderNames.brandID, admittance.brand.id.description)
    if let identity = admittance.identity {
      add(HeaderNames.playerID, identity.player.description)
      add(HeaderNames.sessionID, identity.session)
    }
    add(HeaderNames.requestID, exchange.identifiers.requestID)
    add(HeaderNames.traceparent, exchange.identifiers.traceparent)
    add(HeaderNames.clientAddress, exchange.client.text)
    add(HeaderNames.originHost, head.host)
    lines.writeString(loop.ports.credentials.fieldLines(for: admittance.route.upstream))
    if admittance.route.isSigned, let signature = signature(exchange, head, admittance) { add(HeaderNames.brandSignature, signature) }
    return lines
  }

  private func signature(_ exchange: Exchange, _ head: RequestHead, _ admittance: Admittance) -> String? {
    let line = head.text(head.methodAndTarget)
    let target = line.drop { $0 != " " }.dropFirst()
    return loop.ports.credentials.signature(
      brand: admittance.brand.id, method: head.verb.rawValue, target: String(target),
      body: exchange.collected.map { Array($0.readableBytesView) } ?? [])
  }

  private func sendRequestBody(_ bytes: ByteBuffer) {
    guard let upstream else { return }
    if exchange?.head?.framing == .chunked { upstream.write(Self.chunk(bytes)) } else { upstream.write(bytes) }
    upstream.flush()
    if !upstream.isWritable { receive(.upstreamWritable(false)) }
  }

  private func sendRequestEnd() {
    let isChunked = exchange?.head?.framing == .chunked && exchange?.admittance?.route.isSigned == false
    if isChunked { upstream?.write(ByteBuffer(staticString: HeadWriter.lastChunk)) }
    upstream?.flush()
  }

  private func releaseUpstream() {
    guard let connection = upstream else { return }
    upstream = nil
    connection.end()
    pool?.giveBack(connection)
  }

  private func dropUpstream() {
    upstream?.close()
    upstream = nil
  }

  // MARK: Towards the client

  /// Notes the service's answer and says what the machine needs to know of it.
  func prepareResponse(_ head: ResponseHead) -> ResponseTraits {
    let speaksChunked = exchange?.head?.isHTTP11 ?? true
    let framing: BodyFraming =
      switch head.framing {
      case .none, .length: head.framing
      case .chunked, .untilClose: speaksChunked ? .chunked : .untilClose
      }
    exchange?.responseFraming = framing
    exchange?.response = head
    exchange?.status = head.status
    exchange?.responseStartedAt = .now()
    return ResponseTraits(keepAlive: head.keepAlive, endsWithClose: head.framing == .untilClose, closesClient: framing == .untilClose)
  }

  private func sendResponseHead(closes: Bool) {
    guard let exchange, let head = exchange.response else { return }
    var buffer = ByteBuffer()
    buffer.reserveCapacity(head.bytes.readableBytes + 128)
    HeadWriter.response(
      head, framing: exchange.responseFraming, keepsLength: exchange.answersHead || head.status == 304,
      requestID: exchange.identifiers.requestID, closes: closes, into: &buffer)
    write(buffer)
  }

  private func sendResponseBody(_ bytes: ByteBuffer) {
    write(exchange?.responseFraming == .chunked ? Self.chunk(bytes) : bytes)
  }

  private func give(_ answer: GatewayAnswer, closes: Bool) {
    if exchange == nil { beginExchange(nil) }
    guard var exchange else { return }
    let page: LocalPage
    switch answer {
    case .page(let given): page = given
    case .refusal(let refusal):
      let rendered = loop.ports.render(refusal.problem, exchange.identifiers)
      page = LocalPage(status: rendered.status, fields: rendered.fields + refusal.fields, body: rendered.body)
      exchange.refusal = refusal
    }
    exchange.status = page.status
    self.exchange = exchange
    var buffer = ByteBuffer()
    HeadWriter.page(
      page, omitsBody: exchange.answersHead, requestID: exchange.identifiers.requestID, closes: closes, into: &buffer)
    write(buffer)
  }

  /// The exchange is over, answered or not.
  func finish() {
    if let exchange { loop.ports.observer.exchangeEnded(exchange.record(now: .now())) }
    exchange = nil
    bodyReader = nil
  }

  private func write(_ bytes: ByteBuffer) {
    context?.write(wrapOutboundOut(bytes), promise: nil)
    needsFlush = true
  }

  private static func chunk(_ bytes: ByteBuffer) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(bytes.readableBytes + 16)
    HeadWriter.chunkSize(bytes.readableBytes, into: &buffer)
    buffer.writeImmutableBuffer(bytes)
    buffer.writeStaticString(HeadWriter.chunkEnd)
    return buffer
  }
}
