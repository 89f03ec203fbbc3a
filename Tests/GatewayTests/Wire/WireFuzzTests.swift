internal import NIOCore
internal import Testing

@testable import Gateway

/// Broken requests from seeds: no trap, and nothing is read as two different requests.
@Suite struct WireFuzzTests {
  static let samples = [
    "GET /v1/brand?x=%20 HTTP/1.1\r\nHost: a.example:8080\r\nAccept: */*\r\nConnection: keep-alive, x-y\r\nX-Y: 1\r\n\r\n",
    "POST /v1/wallet/bets HTTP/1.1\r\nHost: a.example\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\nhello world",
    "POST /v1/players HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nX-T: 1\r\n\r\n",
    "DELETE /v1/sessions/current HTTP/1.0\r\nHost: [::1]:80\r\nAuthorization: Bearer a.b.c\r\n\r\n",
  ]

  /// What a message is read as: its head and its body, or the rule that it breaks.
  enum Reading: Hashable {
    case whole(head: String, framing: BodyFraming, host: String, body: String)
    case incomplete
    case refused(WireFault)
  }

  static func read(_ bytes: [UInt8], piece: Int) -> Reading {
    var parser = RequestHeadParser(limits: WireLimits())
    var buffer = ByteBuffer()
    var rest = bytes[...]
    var head: RequestHead?
    var body = ByteBuffer()
    var reader: BodyReader?
    do throws(WireFault) {
      while true {
        if head == nil, let parsed = try parser.parse(&buffer) {
          head = parsed
          reader = BodyReader(parsed.framing, limits: WireLimits())
        }
        var needsMore = head == nil
        while let head, !needsMore {
          switch try reader?.next(&buffer) ?? .needsMore {
          case .bytes(let bytes): body.writeImmutableBuffer(bytes)
          case .ended:
            return .whole(head: String(buffer: head.bytes), framing: head.framing, host: head.host, body: String(buffer: body))
          case .needsMore: needsMore = true
          }
        }
        guard !rest.isEmpty else { return .incomplete }
        buffer.writeBytes(rest.prefix(piece))
        rest = rest.dropFirst(piece)
      }
    } catch {
      return .refused(error)
    }
  }

  @Test("a message is the same message however it is cut into pieces", arguments: samples)
  func pieces(_ sample: String) {
    let whole = Self.read(Array(sample.utf8), piece: .max)
    guard case .whole = whole else {
      Issue.record("\(whole)")
      return
    }
    for piece in 1...sample.utf8.count { #expect(Self.read(Array(sample.utf8), piece: piece) == whole, "pieces of \(piece)") }
  }

  @Test(
    "ten thousand broken messages are read the same way in one piece and byte by byte, and what passes keeps the rules",
    arguments: [UInt64(11), 12, 13, 14])
  func mutations(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var refused = 0
    for _ in 0..<2500 {
      let bytes = Self.mutated(&random)
      let reading = Self.read(bytes, piece: .max)
      let slowly = Self.read(bytes, piece: 1)
      switch reading {
      case .whole(let head, _, let host, _):
        #expect(reading == slowly, "seed \(seed): \(head.debugDescription)")
        #expect(!head.utf8.contains(0) && head.hasSuffix("\r\n\r\n") && !host.isEmpty, "seed \(seed)")
        #expect(head.utf8.count { $0 == 0x0A } == head.utf8.count { $0 == 0x0D }, "seed \(seed): no bare CR or LF")
      case .refused: refused += 1
      case .incomplete: #expect(slowly == .incomplete, "seed \(seed)")
      }
      // Which rule is named first may depend on how much was there; whether it is refused may not.
      if case .refused = reading { guard case .refused = slowly else { Issue.record("seed \(seed): \(bytes)"); continue } }
    }
    #expect(refused > 500, "most of what is broken must be seen to be broken")
  }

  static func mutated(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes = Array((samples.randomElement(using: &random) ?? "").utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.insert([0x0A, 0x0D, 0x20, 0x00, 0x3A, 0x2C, 0x30, 0x09].randomElement(using: &random) ?? 0, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(contentsOf: Array("Content-Length: 3\r\n".utf8), at: place)
      default: bytes = Array(bytes[..<place]) + bytes[max(0, place - 8)...]
      }
    }
    return bytes
  }

  @Test(
    "over sockets: broken requests of every kind get an answer of the 4xx or 5xx that the gateway means, or are served",
    arguments: [UInt64(21), 22])
  func overSockets(_ seed: UInt64) async throws {
    try await ProxyBench.run { bench in
      var random = SeededGenerator(seed: seed)
      for _ in 0..<250 {
        let client = try await bench.connect()
        try await client.send(Self.mutated(&random))
        try? await client.closeOutput()
        let answer = try await client.readToEnd()
        let status = answer.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        if let status { #expect([100, 200, 400, 404, 405, 413, 414, 431, 505].contains(status), "seed \(seed): \(answer.prefix(60))") }
        await client.close()
      }
      #expect(bench.listener.connectionCount <= 2)
    }
  }
}
