internal import NIOHTTP1
internal import AsyncHTTPClient
internal import NIOCore

/// The way from the provider to the callbacks' port: it repeats what has no answer, as providers do, and breaks when it is told to.
struct SimulatorLine: Sendable {
  private static let triesMax = 12
  private static let answerBytesMax = 1 << 20

  let http: HTTPClient

  private struct Broken: Error {}

  /// Until there is an answer that decides something.
  func send(_ request: SimulatorRequest) async throws -> SimulatorReply {
    var trouble = "no answer"
    for attempt in 1...Self.triesMax {
      do {
        let reply = try await once(request)
        if reply.status != 503 { return reply }
        trouble = "answered 503 \(Self.triesMax) times"
      } catch let error as CancellationError {
        throw error
      } catch {
        trouble = "\(error)"
      }
      try await Task.sleep(for: .milliseconds(min(50 * attempt, 500)))
    }
    throw SimulatorFault.unreachable(url: request.url, why: trouble)
  }

  private func once(_ request: SimulatorRequest) async throws -> SimulatorReply {
    let response = try await http.execute(Self.http(request), timeout: .seconds(10))
    let bytes = try await response.body.collect(upTo: Self.answerBytesMax)
    return SimulatorReply(status: Int(response.status.code), body: Array(bytes.readableBytesView))
  }

  /// Hangs up before there can be an answer, or just when there is one.
  func cut(_ request: SimulatorRequest, after patience: Duration) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { _ = try? await once(request) }
      group.addTask { try? await Task.sleep(for: patience) }
      _ = await group.next()
      group.cancelAll()
    }
  }

  /// Breaks in the middle of the body.
  func truncate(_ request: SimulatorRequest) async {
    let half = ByteBuffer(bytes: request.body.prefix(request.body.count / 2))
    let (stream, continuation) = AsyncThrowingStream<ByteBuffer, any Error>.makeStream()
    continuation.yield(half)
    continuation.finish(throwing: Broken())
    var broken = Self.http(request)
    broken.body = .stream(stream, length: .known(Int64(request.body.count)))
    _ = try? await http.execute(broken, timeout: .seconds(5))
  }

  private static func http(_ request: SimulatorRequest) -> HTTPClientRequest {
    var made = HTTPClientRequest(url: request.url)
    made.method = .POST
    made.headers.add(name: "content-type", value: request.contentType)
    made.headers.add(name: request.header, value: request.signature)
    made.body = .bytes(ByteBuffer(bytes: request.body))
    return made
  }
}
