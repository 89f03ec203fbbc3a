internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A client that sends bytes as they are and keeps what comes back. It parses nothing but the little that tests ask for.
final class RawClient: Sendable {
  fileprivate struct State {
    var received: [UInt8] = []
    var isEnded = false
  }

  private let state: Box
  private let channel: any Channel

  fileprivate final class Box: Sendable {
    let state = Mutex(State())
  }

  private init(channel: any Channel, state: Box) {
    self.channel = channel
    self.state = state
  }

  /// - Parameter reads: false for a client that never reads.
  static func connect(port: Int, reads: Bool = true) async throws -> RawClient {
    let box = Box()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.autoRead, value: reads)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Collector(box)) }
      }
      .connect(host: "127.0.0.1", port: port).get()
    return RawClient(channel: channel, state: box)
  }

  func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }
  func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }
  func closeOutput() async throws { try await channel.close(mode: .output) }
  func startReading() async throws { try await channel.setOption(.autoRead, value: true).get() }
  func close() async { try? await channel.close() }

  var text: String { state.state.withLock { String(decoding: $0.received, as: UTF8.self) } }
  var byteCount: Int { state.state.withLock { $0.received.count } }
  var isEnded: Bool { state.state.withLock { $0.isEnded } }

  /// Waits until `condition` holds of the received text; false when the time is over first.
  @discardableResult
  func wait(seconds: Double = 5, _ condition: (String, _ isEnded: Bool) -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      let (text, ended) = state.state.withLock { (String(decoding: $0.received, as: UTF8.self), $0.isEnded) }
      if condition(text, ended) { return true }
      try await Task.sleep(for: .milliseconds(2))
    }
    return false
  }

  /// Everything until the server closes.
  func readToEnd(seconds: Double = 5) async throws -> String {
    try await wait(seconds: seconds) { $1 }
    return text
  }

  /// Waits for a complete response with Content-Length and takes it off the front.
  func response(seconds: Double = 5) async throws -> String {
    var found = ""
    try await wait(seconds: seconds) { text, _ in
      guard let end = text.range(of: "\r\n\r\n") else { return false }
      let head = text[..<end.lowerBound].lowercased()
      let length =
        head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
      let total = text[..<end.upperBound].utf8.count + length
      guard text.utf8.count >= total else { return false }
      found = String(decoding: text.utf8.prefix(total), as: UTF8.self)
      return true
    }
    let count = found.utf8.count
    state.state.withLock { $0.received.removeFirst(min(count, $0.received.count)) }
    return found
  }

  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let box: Box

    init(_ box: Box) { self.box = box }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = unwrapInboundIn(data)
      box.state.withLock { $0.received.append(contentsOf: bytes.readableBytesView) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case .some(.inputClosed) = event as? ChannelEvent { box.state.withLock { $0.isEnded = true } }
    }

    func channelInactive(context: ChannelHandlerContext) { box.state.withLock { $0.isEnded = true } }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}
