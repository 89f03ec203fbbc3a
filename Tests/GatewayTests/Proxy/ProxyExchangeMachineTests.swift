internal import Kernel
internal import NIOCore
internal import Testing

@testable import Gateway

/// The machine without sockets: events in, actions out.
@Suite struct ProxyExchangeMachineTests {
  static let bytes = ByteBuffer(string: "abc")
  static let get = RequestTraits(hasBody: false, contentLength: nil, keepAlive: true, expectsContinue: false, isReplayable: true)
  static let post = RequestTraits(hasBody: true, contentLength: 3, keepAlive: true, expectsContinue: false, isReplayable: false)
  static let ok = ResponseTraits(keepAlive: true, endsWithClose: false, closesClient: false)

  /// Runs events and returns the actions of the last one.
  static func last(of events: [ProxyEvent], _ machine: inout ProxyExchangeMachine) -> [ProxyAction] {
    var actions: [ProxyAction] = []
    for event in events {
      actions.removeAll()
      machine.handle(event, &actions)
    }
    return actions
  }

  static func last(of events: [ProxyEvent]) -> [ProxyAction] {
    var machine = ProxyExchangeMachine(bodyBytesMax: 10)
    return last(of: events, &machine)
  }

  static func refusal(_ reason: ProblemReason, closes: Bool) -> (ProxyAction) -> Bool {
    { action in
      guard case .give(.refusal(let refusal), let doesClose) = action else { return false }
      return refusal.problem.reason == reason && doesClose == closes
    }
  }

  @Test("a GET goes through: admit, lease, send, answer, release, next")
  func wholeExchange() {
    var machine = ProxyExchangeMachine(bodyBytesMax: 10)
    #expect(Self.last(of: [.requestHead(Self.get)], &machine) == [.admit])
    #expect(Self.last(of: [.forward(.stream)], &machine) == [.leaseUpstream(fresh: false)])
    #expect(Self.last(of: [.leased(reused: false)], &machine) == [.sendRequestHead, .sendRequestEnd])
    #expect(Self.last(of: [.responseHead(Self.ok)], &machine) == [.sendResponseHead(closes: false)])
    #expect(Self.last(of: [.responseBody(Self.bytes)], &machine) == [.sendResponseBody(Self.bytes)])
    #expect(Self.last(of: [.responseEnd], &machine) == [.sendResponseEnd, .releaseUpstream, .finish])
    #expect(machine.phase == .idle && machine.wantsHead)
  }

  @Test("a body isn't read before it can go somewhere, and not while the service is slower")
  func bodyWaits() {
    var machine = ProxyExchangeMachine(bodyBytesMax: 10)
    _ = Self.last(of: [.requestHead(Self.post)], &machine)
    #expect(!machine.wantsBody && !machine.wantsClientRead)
    _ = Self.last(of: [.forward(.stream)], &machine)
    #expect(!machine.wantsBody)
    _ = Self.last(of: [.leased(reused: true)], &machine)
    #expect(machine.wantsBody)
    _ = Self.last(of: [.upstreamWritable(false)], &machine)
    #expect(!machine.wantsBody && !machine.wantsClientRead)
    _ = Self.last(of: [.upstreamWritable(true), .requestBody(Self.bytes), .requestEnd], &machine)
    #expect(!machine.wantsBody && !machine.wantsClientRead, "the next pipelined request waits its turn")
  }

  @Test("the service isn't read while the client is slower")
  func answerWaits() {
    var machine = ProxyExchangeMachine(bodyBytesMax: 10)
    _ = Self.last(of: [.requestHead(Self.get), .forward(.stream), .leased(reused: true), .responseHead(Self.ok)], &machine)
    #expect(machine.wantsUpstreamRead)
    _ = Self.last(of: [.clientWritable(false)], &machine)
    #expect(!machine.wantsUpstreamRead)
    _ = Self.last(of: [.clientWritable(true)], &machine)
    #expect(machine.wantsUpstreamRead)
  }

  @Test("a body that is signed is collected whole before a connection is asked for")
  func collects() {
    var machine = ProxyExchangeMachine(bodyBytesMax: 10)
    #expect(Self.last(of: [.requestHead(Self.post), .forward(.collect)], &machine) == [])
    #expect(Self.last(of: [.requestBody(Self.bytes)], &machine) == [.collectBody(Self.bytes)])
    #expect(Self.last(of: [.requestEnd], &machine) == [.leaseUpstream(fresh: false)])
    #expect(Self.last(of: [.leased(reused: false)], &machine) == [.sendRequestHead, .sendRequestEnd])
  }

  @Test("a lost answer to a replayable request on an old connection is asked for once more; anything else is not")
  func retry() {
    let lost: [ProxyEvent] = [.forward(.stream), .leased(reused: true), .upstreamClosed]
    #expect(Self.last(of: [.requestHead(Self.get)] + lost) == [.dropUpstream, .leaseUpstream(fresh: true)])
    #expect(
      !Self.last(of: [.requestHead(Self.get)] + lost + [.leased(reused: true), .upstreamClosed]).contains(.leaseUpstream(fresh: true)))
    #expect(
      !Self.last(of: [.requestHead(Self.get), .forward(.stream), .leased(reused: false), .upstreamClosed]).contains(
        .leaseUpstream(fresh: true)))
    let write: [ProxyEvent] = [
      .requestHead(Self.post), .forward(.stream), .leased(reused: true), .requestBody(Self.bytes), .requestEnd, .upstreamClosed,
    ]
    #expect(Self.last(of: write).contains(where: Self.refusal(.upstreamUnavailable, closes: false)))
    #expect(!Self.last(of: write).contains(.leaseUpstream(fresh: true)))
  }

  @Test("a service that answers before the body is whole ends both connections")
  func earlyAnswer() {
    let events: [ProxyEvent] = [.requestHead(Self.post), .forward(.stream), .leased(reused: false), .responseHead(Self.ok)]
    #expect(Self.last(of: events) == [.sendResponseHead(closes: true)])
    #expect(Self.last(of: events + [.responseEnd]) == [.sendResponseEnd, .dropUpstream, .finish, .closeOutput])
  }

  @Test("an answer that breaks off is broken off for the client too")
  func truncated() {
    let events: [ProxyEvent] = [.requestHead(Self.get), .forward(.stream), .leased(reused: true), .responseHead(Self.ok), .upstreamClosed]
    #expect(Self.last(of: events) == [.dropUpstream, .close])
  }

  @Test("a refusal with a body under way reads the body away and goes on; without an invitation it ends the connection")
  func discards() {
    var machine = ProxyExchangeMachine(bodyBytesMax: 10)
    let refused = ProxyEvent.answer(.problem(Problem(.notFound)))
    #expect(Self.last(of: [.requestHead(Self.post), refused], &machine).contains(where: Self.refusal(.notFound, closes: false)))
    #expect(machine.phase == .discarding && machine.wantsBody)
    #expect(Self.last(of: [.requestBody(Self.bytes), .requestEnd], &machine) == [.finish])
    #expect(machine.phase == .idle)
    var waiting = Self.post
    waiting.expectsContinue = true
    #expect(Self.last(of: [.requestHead(waiting), refused]).contains(where: Self.refusal(.notFound, closes: true)))
  }

  @Test("a client that waits is invited when its body can go on, once")
  func invitation() {
    var machine = ProxyExchangeMachine(bodyBytesMax: 10)
    var waiting = Self.post
    waiting.expectsContinue = true
    #expect(Self.last(of: [.requestHead(waiting), .forward(.stream)], &machine) == [.leaseUpstream(fresh: false)])
    #expect(Self.last(of: [.leased(reused: false)], &machine) == [.sendRequestHead, .sendContinue])
  }

  @Test("more body than allowed is refused in every phase and takes the service's connection with it")
  func tooMuch() {
    var announced = Self.post
    announced.contentLength = 11
    #expect(Self.last(of: [.requestHead(announced)]).contains(where: Self.refusal(.bodyTooLarge, closes: true)))
    let large = ByteBuffer(repeating: 0, count: 11)
    var chunked = Self.post
    chunked.contentLength = nil
    let streaming = Self.last(of: [.requestHead(chunked), .forward(.stream), .leased(reused: false), .requestBody(large)])
    #expect(streaming.first == .dropUpstream)
    #expect(streaming.contains(where: Self.refusal(.bodyTooLarge, closes: true)))
    #expect(
      Self.last(of: [.requestHead(chunked), .forward(.collect), .requestBody(large)]).contains(
        where: Self.refusal(.bodyTooLarge, closes: true)))
  }

  @Test(
    "each phase has its own answer to the end of its time",
    arguments: [
      ([ProxyEvent](), false, nil, [ProxyAction.closeOutput]),
      ([], true, .requestTimeout, nil),
      ([.requestHead(get)], false, .unavailable, nil),
      ([.requestHead(get), .forward(.stream)], false, .overloaded, nil),
      ([.requestHead(post), .forward(.collect)], false, .requestTimeout, nil),
      ([.requestHead(post), .forward(.stream), .leased(reused: false)], false, .requestTimeout, nil),
      ([.requestHead(get), .forward(.stream), .leased(reused: false)], false, .upstreamTimeout, nil),
      ([.requestHead(get), .forward(.stream), .leased(reused: false), .responseHead(ok)], false, nil, [.dropUpstream, .close]),
    ] as [([ProxyEvent], Bool, ProblemReason?, [ProxyAction]?)])
  func deadlines(_ events: [ProxyEvent], _ headStarted: Bool, _ reason: ProblemReason?, _ exactly: [ProxyAction]?) {
    let actions = Self.last(of: events + [.deadline(headStarted: headStarted)])
    if let exactly { #expect(actions == exactly) }
    let given = actions.compactMap { if case .give(.refusal(let refusal), _) = $0 { refusal.problem.reason } else { nil } }
    #expect(given == (reason.map { [$0] } ?? []))
  }

  @Test("a client that leaves takes back what it waits for")
  func leaves() {
    #expect(Self.last(of: [.requestHead(Self.get), .forward(.stream), .clientClosed]) == [.cancelLease])
    #expect(Self.last(of: [.requestHead(Self.get), .forward(.stream), .leased(reused: true), .clientClosed]) == [.dropUpstream])
    #expect(Self.last(of: [.requestHead(Self.get), .clientClosed, .forward(.stream)]) == [], "a late decision does nothing")
  }

  @Test("while it drains every answer ends its connection, and idle connections end when the listener has closed")
  func drains() {
    let exchange: [ProxyEvent] = [.requestHead(Self.get), .forward(.stream), .leased(reused: true)]
    #expect(Self.last(of: exchange + [.drain, .responseHead(Self.ok)]) == [.sendResponseHead(closes: true)])
    #expect(Self.last(of: exchange + [.drain, .responseHead(Self.ok), .responseEnd]).suffix(2) == [.finish, .closeOutput])
    #expect(Self.last(of: [.drain]) == [], "an idle connection may still bring a request")
    #expect(Self.last(of: [.drain, .shutdown(headStarted: false)]) == [.closeOutput])
    #expect(Self.last(of: [.drain, .shutdown(headStarted: true)]) == [])
  }

  /// Ten thousand random event orders, from a printed seed: whatever happens, the promises of the type's comment hold.
  @Test("no order of events breaks the machine's promises", arguments: [UInt64(1), 2, 3, 4])
  func anyOrder(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2500 {
      var machine = ProxyExchangeMachine(bodyBytesMax: 10)
      var answers = 0
      var heads = 0
      var holdsUpstream = false
      for _ in 0..<40 {
        let event = Self.randomEvent(&random, machine, holdsUpstream: holdsUpstream)
        if case .requestHead = event { heads += 1 }
        var actions: [ProxyAction] = []
        machine.handle(event, &actions)
        for action in actions {
          switch action {
          case .sendRequestHead:
            #expect(!holdsUpstream, "seed \(seed): one request at a time")
            holdsUpstream = true
          case .releaseUpstream, .dropUpstream: holdsUpstream = false
          case .give, .sendResponseHead: answers += 1
          default: break
          }
        }
        // A request that never became a head is answered too: the fault and the late head.
        #expect(answers <= heads + 1, "seed \(seed): one answer per request")
        if machine.phase == .idle { #expect(!holdsUpstream, "seed \(seed)") }
        if machine.phase == .closed { #expect(!machine.wantsHead && !machine.wantsBody, "seed \(seed)") }
      }
    }
  }

  /// Events as real channels order them: nothing of an upstream that isn't held, no body that isn't wanted.
  private static func randomEvent(_ random: inout SeededGenerator, _ machine: ProxyExchangeMachine, holdsUpstream: Bool) -> ProxyEvent {
    var events: [ProxyEvent] = [
      .clientHalfClosed, .deadline(headStarted: Bool.random(using: &random)), .drain, .shutdown(headStarted: Bool.random(using: &random)),
      .clientWritable(Bool.random(using: &random)), .upstreamWritable(Bool.random(using: &random)), .forward(.stream), .forward(.collect),
      .answer(.problem(Problem(.notFound))), .leased(reused: Bool.random(using: &random)), .leaseFailed(Problem(.overloaded)),
    ]
    if machine.wantsHead { events += [.requestHead(get), .requestHead(post), .requestFault(Problem(.malformedRequest))] }
    if machine.wantsBody { events += [.requestBody(bytes), .requestEnd, .requestFault(Problem(.malformedRequest))] }
    if holdsUpstream { events += [.responseHead(ok), .responseBody(bytes), .responseEnd, .upstreamClosed, .upstreamFault] }
    return events.randomElement(using: &random) ?? .drain
  }
}
