internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// A service behind the gateway, on SwiftNIO's own HTTP decoder: a second opinion on what the gateway lets through.
final class UpstreamServer: Sendable {
  struct Request: Sendable {
    var method: String
    var target: String
    var fields: [(name: String, value: String)]
    var body: [UInt8]

    func values(_ name: String) -> [String] { fields.filter { $0.name.lowercased() == name }.map(\.value) }
    func value(_ name: String) -> String? { values(name).first }
  }

  /// What the server writes, piece by piece; `close` ends the connection.
  enum Step: Sendable {
    case write(String)
    case bytes(Int)
    case pause(milliseconds: Int)
    case close
  }

  private struct State {
    var requests: [Request] = []
    var connections = 0
    var open: [ObjectIdentifier: any Channel] = [:]
  }

  private let state = Mutex(State())
  private let channel = Mutex<(any Channel)?>(nil)
  private let script: @Sendable (Request, _ serial: Int) -> [Step]

  init(script: @escaping @Sendable (Request, _ serial: Int) -> [Step] = { _, _ in UpstreamServer.ok("hello") }) {
    self.script = script
  }

  static func ok(_ body: String, fields: String = "") -> [Step] {
    [.write("HTTP/1.1 200 OK\r\ncontent-length: \(body.utf8.count)\r\n\(fields)\r\n\(body)")]
  }

  var requests: [Request] { state.withLock { $0.requests } }
  var requestCount: Int { state.withLock { $0.requests.count } }
  var connectionCount: Int { state.withLock { $0.connections } }

  func start(port: Int = 0) async throws -> Int {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [self] channel in
        channel.eventLoop.makeCompletedFuture {
          state.withLock { state in
            state.connections += 1
            state.open[ObjectIdentifier(channel)] = channel
          }
          try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
          try channel.pipeline.syncOperations.addHandler(Responder(server: self))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    channel.withLock { $0 = server }
    return server.localAddress?.port ?? 0
  }

  func stop() async {
    let server = channel.withLock { channel in
      defer { channel = nil }
      return channel
    }
    try? await server?.close()
    for connection in state.withLock({ Array($0.open.values) }) { try? await connection.close() }
  }

  fileprivate func answer(_ request: Request) -> [Step] {
    let serial = state.withLock { state in
      state.requests.append(request)
      return state.requests.count
    }
    return script(request, serial)
  }

  private final class Responder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let server: UpstreamServer
    private var request: Request?

    init(server: UpstreamServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        request = Request(
          method: head.method.rawValue, target: head.uri, fields: head.headers.map { (name: $0.name, value: $0.value) }, body: [])
      case .body(let bytes): request?.body.append(contentsOf: bytes.readableBytesView)
      case .end:
        guard let request else { return }
        self.request = nil
        run(server.answer(request)[...], context)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func run(_ steps: ArraySlice<Step>, _ context: ChannelHandlerContext) {
      guard let step = steps.first else { return }
      switch step {
      case .write(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      case .bytes(let count): context.writeAndFlush(wrapOutboundOut(ByteBuffer(repeating: 0x61, count: count)), promise: nil)
      case .close: return context.close(promise: nil)
      case .pause(let milliseconds):
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(milliseconds))) {
          bound.value.0.run(steps.dropFirst(), bound.value.1)
        }
        return
      }
      run(steps.dropFirst(), context)
    }
  }
}
