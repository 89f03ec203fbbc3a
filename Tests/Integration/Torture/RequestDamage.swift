/// Makes malformed requests out of valid ones, by a seed.
struct RequestDamage: Sendable {
  private static let big = String(repeating: "b", count: 20_000)
  private static let brackets = String(repeating: "[", count: 30_000)
  private static let nested = String(repeating: #"{"a":"#, count: 5_000)
  private static let spaces = String(repeating: " ", count: 70_000)

  private static let methods = [
    "", "get", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "CONNECT", "PRI", "G ET", "POST\t", "BREW",
    String(repeating: "A", count: 300), "GÉT",
  ]
  private static let headers: [(String, String)] = [
    ("X-Big", big), ("Host", "a"), ("", "x"), ("X Y", "z"), ("X-Nul", "a\u{0}b"), ("X-Bare", "a\rb"), ("X-Line", "a\nb"),
    ("X-Fold", "a\r\n b"),
    ("Expect", "100-continue"), ("Expect", "miracles"), ("Connection", "close, x"), ("Upgrade", "websocket"), ("Connection", "host"),
    ("Content-Type", "text/plain"), ("Accept", "application/xml"), ("Accept-Encoding", "br;q=9"), ("Range", "bytes=0-"),
    ("X-Ünicode", "ü"),
    ("traceparent", "00-zz"), ("X-Request-Id", "<script>"), ("Cookie", big), ("Content-Encoding", "gzip"), ("Host :", "b"),
  ]

  /// Tokens that are none, made from a good one.
  private static func tokens(from good: String) -> [String] {
    let parts = good.split(separator: ".").map(String.init)
    return [
      "", "x", "Bearer", "..", "a.b.c", parts[0] + "." + parts[1] + ".", parts[0] + ".e30." + parts[2],
      "eyJhbGciOiJub25lIn0." + parts[1] + ".",
      String(big.prefix(9_000)), String(good.dropLast()), good + "A", "\u{0}", "ü",
      parts.reversed().joined(separator: "."),
    ]
  }

  /// Bodies that are no JSON, or not the JSON that money takes.
  private static func bodies(in currency: String) -> [String] {
    [
      "", "{", "null", "[]", "\"x\"", "0", "{}", "{\"amount\":100}", #"{"amount":100,"amount":200,"currency":"\#(currency)"}"#,
      #"{"amount":1e2,"currency":"\#(currency)"}"#, #"{"amount":1.5,"currency":"\#(currency)"}"#,
      #"{"amount":-1,"currency":"\#(currency)"}"#,
      #"{"amount":9223372036854775807,"currency":"\#(currency)"}"#, #"{"amount":9223372036854775808,"currency":"\#(currency)"}"#,
      #"{"amount":1\#(String(repeating: "0", count: 400)),"currency":"\#(currency)"}"#, #"{"amount":1e999,"currency":"\#(currency)"}"#,
      #"{"amount":"100","currency":"\#(currency)"}"#, #"{"amount":100,"currency":"XXX"}"#, #"{"amount":100,"currency":5}"#,
      #"{"amount":100,"currency":"\#(currency)","extra":1}"#, #"{"amount":100,"currency":"\#(currency)"} x"#,
      #"{"amount":100,"currency":"\u0000"}"#, #"{"amount":100,"currency":"\ud800"}"#, "{\"amount\":100,\"currency\":\"\u{0}\"}",
      #"{"amount":01,"currency":"\#(currency)"}"#, #"{"amount":0,"currency":"\#(currency)"}"#, "{\"amount\":NaN}", "{'amount':1}",
      #"{"amount":100,"currency":"\#(currency)","round":"\#(String(repeating: "r", count: 400))"}"#,
      #"{"amount":100,"currency":"\#(currency)","round":"\u0000"}"#, #"{"amount":100,"currency":"\#(currency)","round":"é"}"#,
      String(repeating: "[", count: 40), brackets, nested,
      #"{"account":"\u0000\u0000\u0000","password":"correct horse"}"#, #"{"account":{},"password":[]}"#, #"{"refresh_token":"\u0000"}"#,
      spaces, "\u{FEFF}{}",
    ]
  }

  private let tokens: [String]
  private let bodies: [String]
  let player: StackPlayer
  let other: StackBrand
  private var random: SeededRandom
  private var count = 0
  private let worker: Int

  init(player: StackPlayer, other: StackBrand, seed: UInt64, worker: Int) {
    self.player = player
    self.other = other
    self.worker = worker
    tokens = Self.tokens(from: player.token)
    bodies = Self.bodies(in: player.brand.currency)
    random = SeededRandom(seed: seed, worker: worker)
  }

  mutating func next() -> MalformedRequest {
    var request = valid()
    repeat { damage(&request) } while random.chance(30) && request.wire == nil
    return request
  }

  // MARK: Valid requests

  private mutating func valid() -> MalformedRequest {
    count += 1
    let money = #"{"amount":\#(random.below(900) + 100),"currency":"\#(player.brand.currency)"}"#
    switch random.below(100) {
    case ..<24: return write("/v1/wallet/bets", money)
    case ..<44: return write("/v1/wallet/withdrawals", money)
    case ..<58: return write("/v1/wallet/deposits", money)
    case ..<68: return read("/v1/wallet/balances")
    case ..<78: return read("/v1/wallet/transactions?limit=\(random.below(20))")
    case ..<84: return read("/v1/players/me")
    case ..<89: return read("/v1/brand")
    case ..<93: return write("/v1/sessions/refresh", #"{"refresh_token":"\#(String(repeating: "r", count: 43))"}"#)
    case ..<96: return read(random.pick(["/health", "/ready", "/openapi.json", "/docs"]))
    // An account that is too short, because whatever is hashed for would take this test's time.
    case ..<98: return write("/v1/players", #"{"account":"a","password":"correct horse"}"#)
    default: return write("/v1/sessions", #"{"account":"a","password":"x"}"#)
    }
  }

  private func read(_ target: String) -> MalformedRequest {
    MalformedRequest(
      method: "GET", target: target, headers: [("Host", player.brand.host), ("Authorization", "Bearer \(player.token)")], body: [])
  }

  private func write(_ target: String, _ body: String) -> MalformedRequest {
    var request = read(target)
    request.method = "POST"
    request.headers += [("Content-Type", "application/json"), ("Idempotency-Key", "fuzz-\(worker)-\(count)")]
    request.setBody(body)
    return request
  }

  // MARK: Damage

  private mutating func damage(_ request: inout MalformedRequest) {
    switch random.below(10) {
    case 0: damageMethod(&request)
    case 1: damageTarget(&request)
    case 2: damageHeader(&request)
    case 3: damageToken(&request)
    case 4...6: damageJSON(&request)
    case 7: damageFraming(&request)
    case 8: damageBytes(&request)
    default: damageIdentity(&request)
    }
  }

  private mutating func damageMethod(_ request: inout MalformedRequest) {
    let method = random.pick(Self.methods)
    request.method = method
    request.damage.append("method \(method.prefix(12))")
    request.endsConnection = true
  }

  private mutating func damageTarget(_ request: inout MalformedRequest) {
    let original = request.target
    let target = random.pick([
      "", "*", "//" + original, original + "/", original + "%00", original + "\u{0}", "http://default.local" + original, original + "#x",
      original + "?" + Self.big.prefix(5_000), "/../" + original, "/v1/%2e%2e/internal/wallet/deposit",
      "/internal/wallet/deposit", original.uppercased(), original + "?limit=-1", original + "?limit=99999999999999999999",
      original + "?cursor=%ff%fe", original + "?limit=1&limit=2", original + "?cursor=" + String(repeating: "A", count: 300), "/metrics",
      original + "?x=%zz", original + " HTTP/1.1", "/v1/wallet/bets;a=b", "/v1//wallet/bets", original + "?\u{1F4A3}",
    ])
    request.target = target
    request.damage.append("target \(target.prefix(30))")
    request.endsConnection = true
  }

  private mutating func damageHeader(_ request: inout MalformedRequest) {
    let header = random.pick(Self.headers)
    request.headers.insert(header, at: random.below(request.headers.count + 1))
    request.damage.append("header \(header.0): \(header.1.prefix(12))")
    request.endsConnection = true
  }

  private mutating func damageToken(_ request: inout MalformedRequest) {
    let token = random.pick(tokens)
    request.set("Authorization", random.pick(["Bearer ", "bearer ", "Basic ", "", "Bearer  "]) + token)
    request.damage.append("token \(token.prefix(12))")
  }

  private mutating func damageIdentity(_ request: inout MalformedRequest) {
    switch random.below(6) {
    case 0:
      request.set(
        "Host", random.pick(["nosuch.example", "", "a/b", "default.local:99999", "[::1", "a b", other.host, "DEFAULT.LOCAL.", "127.0.0.1"]))
    case 1: request.remove(random.pick(["Host", "Authorization", "Content-Type", "Idempotency-Key"]))
    case 2:
      request.set("Idempotency-Key", random.pick(["", "\"", "a b", String(repeating: "k", count: 300), "\u{0}", "\"a", "ü", "\"\\x\""]))
    case 3:
      request.set(
        "Content-Type",
        random.pick(["", "text/html", "application/json; charset=latin1", "application/xml", "json", "application/x-www-form-urlencoded"]))
    case 4: request.headers.append((random.pick(["X-Brand-Id", "X-Player-Id", "X-Caller-Service", "X-Internal-Service-Token"]), "2"))
    default: request.headers.append(("Idempotency-Key", "second"))
    }
    request.damage.append("identity")
    request.endsConnection = true
  }

  private mutating func damageJSON(_ request: inout MalformedRequest) {
    let body = random.pick(bodies)
    request.setBody(body)
    request.damage.append("json \(body.prefix(24))")
    if random.chance(20) {
      request.setBody(Array(body.utf8) + random.pick([[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x00]]))
      request.damage.append("bad UTF-8")
    }
    if body.utf8.count > 16_000 { request.endsConnection = true }
  }

  private mutating func damageFraming(_ request: inout MalformedRequest) {
    // What never comes is not waited for: that is another test's subject.
    request.isCutShort = true
    request.endsConnection = true
    let size = request.body.count
    let text = String(decoding: request.body, as: UTF8.self)
    switch random.below(12) {
    case 0: request.set("Content-Length", random.pick(["-1", "+5", "0x5", "5, 5", "", "99999999999999999999", "1e3", " 5 5"]))
    case 1: request.headers.append(("Content-Length", "\(size + 1)"))
    case 2:
      request.headers.append(
        ("Transfer-Encoding", random.pick(["chunked", "gzip, chunked", "xchunked", "identity", "chunked, chunked", "\u{0B}chunked"])))
    case 3: request.body.removeLast((size + 1) / 2)
    case 4: request.set("Content-Length", "\(max(0, size - 3))")
    default:
      request.remove("Content-Length")
      request.set("Transfer-Encoding", "chunked")
      let hex = String(size, radix: 16)
      let chunks = random.pick([
        "zz\r\n\(text)\r\n0\r\n\r\n", "\(hex)\r\n\(text)0\r\n\r\n", "-1\r\n\(text)\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n\(text)\r\n0\r\n\r\n",
        "\(hex);\(Self.big.prefix(9_000))\r\n\(text)\r\n0\r\n\r\n", "\(hex)\n\(text)\n0\n\n",
        "\(hex)\r\n\(text)\r\n0\r\nX-Trailer: 1\r\n\r\n",
        "\(hex)\r\n\(text)\r\n0\r\nContent-Length: 5\r\n\r\n", "0\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n",
        "\(hex) \r\n\(text)\r\n0\r\n\r\n",
        text.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n", "000000000000000000\(hex)\r\n\(text)\r\n0\r\n\r\n",
      ])
      request.body = Array(chunks.utf8)
    }
    request.damage.append("framing")
  }

  /// Single bytes of the finished request, or its end.
  private mutating func damageBytes(_ request: inout MalformedRequest) {
    var bytes = request.bytes
    switch random.below(4) {
    case 0: bytes = Array(bytes.prefix(random.below(bytes.count)))
    case 1: bytes.insert(UInt8(random.below(256)), at: random.below(min(bytes.count, 200)))
    case 2: for _ in 0...random.below(4) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
    default: bytes.remove(at: random.below(min(bytes.count, 120)))
    }
    request.wire = bytes
    request.isCutShort = true
    request.endsConnection = true
    request.damage.append("bytes")
  }
}
