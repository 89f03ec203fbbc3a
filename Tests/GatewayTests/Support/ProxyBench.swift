internal import Kernel
internal import NIOCore
internal import NIOPosix
internal import Synchronization

@testable import Gateway

/// The proxy machine on real sockets in front of one ``UpstreamServer``, with an admission that the test decides.
struct ProxyBench {
  let port: Int
  let upstream: UpstreamServer
  let records: Records
  let listener: ProxyListener

  /// Runs `body` against a fresh proxy and ends both afterwards.
  static func run(
    settings: ProxySettings = quick, admission: any Admission = OpenAdmission(), trusted: [AddressRange] = [],
    upstream: UpstreamServer = UpstreamServer(), isDraining: @escaping @Sendable () -> Bool = { false },
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    _ body: (ProxyBench) async throws -> Void
  ) async throws {
    let upstreamPort = try await upstream.start()
    let records = Records()
    let ports = ProxyPorts(
      admission: admission, observer: records, credentials: BenchCredentials(), clients: ClientAddressRules(trusted: trusted),
      isDraining: isDraining
    ) { problem, identifiers in
      LocalPage(
        status: problem.reason.status, fields: [.init(name: "content-type", value: "application/problem+json")],
        body: Array(#"{"reason":"\#(problem.reason.rawValue)","request_id":"\#(identifiers.requestID)"}"#.utf8))
    }
    let endpoints = [ServiceRole.playerService, .walletService].map { UpstreamEndpoint(role: $0, host: "127.0.0.1", port: upstreamPort) }
    let listener = try await ProxyListener(
      group: group, settings: settings, ports: ports, upstreams: endpoints)
    let address = try await listener.listen(host: "127.0.0.1", port: 0)
    let bench = ProxyBench(port: address?.port ?? 0, upstream: upstream, records: records, listener: listener)
    var failure: (any Error)?
    do { try await body(bench) } catch { failure = error }
    await listener.stop()
    await upstream.stop()
    if let failure { throw failure }
  }

  /// Settings whose times are short enough to be waited for.
  static var quick: ProxySettings {
    var settings = ProxySettings()
    settings.tick = .milliseconds(20)
    return settings
  }

  func connect(reads: Bool = true) async throws -> RawClient { try await RawClient.connect(port: port, reads: reads) }

  /// Sends `text` on a connection of its own and returns everything up to the end of it.
  func exchange(_ text: String, seconds: Double = 5) async throws -> String {
    let client = try await connect()
    try await client.send(text)
    let answer = try await client.readToEnd(seconds: seconds)
    await client.close()
    return answer
  }

  final class Records: ExchangeObserver {
    private let records = Mutex<[ExchangeRecord]>([])
    private let open = Mutex(0)

    var all: [ExchangeRecord] { records.withLock { $0 } }
    var openConnections: Int { open.withLock { $0 } }

    func exchangeBegan(_ verb: HTTPVerb, path: String, requestID: String) -> UInt64 { 0 }
    func exchangeEnded(_ record: ExchangeRecord) { records.withLock { $0.append(record) } }
    func connectionOpened() { open.withLock { $0 += 1 } }
    func connectionClosed() { open.withLock { $0 -= 1 } }
  }

  struct BenchCredentials: ServiceCredentials {
    func fieldLines(for service: ServiceRole) -> String {
      "x-caller-service: gateway\r\nx-internal-service-token: token-of-\(service.rawValue)\r\n"
    }

    func signature(brand: BrandID, method: String, target: String, body: [UInt8]) -> String? {
      "\(brand)|\(method)|\(target)|\(String(decoding: body, as: UTF8.self))"
    }
  }
}
