import Contracts
import Foundation
import Kernel

/// Sends malformed requests over connections of its own and judges what comes back.
struct FuzzWorker {
  private static let readSeconds = 8

  let port: Int
  let requests: Int
  var damage: RequestDamage

  private struct ProblemAnswer: Decodable {
    let type: String
    let title: String
    let status: Int
    let reason: String
    let requestID: String

    enum CodingKeys: String, CodingKey {
      case type, title, status, reason
      case requestID = "request_id"
    }
  }

  /// Blocks its thread.
  mutating func run() -> FuzzReport {
    var report = FuzzReport()
    var kept: RawSocket?
    for _ in 0..<requests {
      let request = damage.next()
      guard let socket = kept ?? RawSocket(port: port, seconds: Self.readSeconds) else {
        report.found("the gateway takes no connection", request)
        break
      }
      kept = exchange(request, on: socket, &report) ? socket : nil
    }
    return report
  }

  /// - Returns: whether the connection can be used again.
  private func exchange(_ request: MalformedRequest, on socket: RawSocket, _ report: inout FuzzReport) -> Bool {
    socket.send(request.bytes)
    if request.isCutShort { socket.finishSending() }
    while true {
      let (bytes, ending) = socket.read { RawAnswer.length(of: $0, isHead: request.isHead) }
      if let ending {
        if ending == .late { report.found("no answer and no end within \(Self.readSeconds) s", request) }
        if ending == .closed, !request.endsConnection { report.found("closed without an answer", request) }
        if !bytes.isEmpty { report.found("half an answer: \(String(decoding: bytes.prefix(200), as: UTF8.self))", request) }
        report.closedWithoutAnswer()
        return false
      }
      guard let answer = RawAnswer(bytes) else {
        report.found("no HTTP answer", request)
        return false
      }
      guard answer.status >= 200 else { continue }
      judge(answer, request, &report)
      return !request.endsConnection && !(answer.headers["connection"] ?? "").contains("close")
    }
  }

  private func judge(_ answer: RawAnswer, _ request: MalformedRequest, _ report: inout FuzzReport) {
    guard answer.status >= 400 else {
      report.answered("\(answer.status)")
      if answer.status == 201 { countMoney(answer, request, &report) }
      return
    }
    // 505 is the right answer to another version of HTTP and says nothing of a failure.
    if answer.status >= 500, answer.status != 503, answer.status != 505 { report.found("answered \(answer.status)", request) }
    guard !request.isHead else { return report.answered("\(answer.status) to HEAD") }
    guard answer.headers["content-type"] == "application/problem+json",
      let problem = try? JSONDecoder().decode(ProblemAnswer.self, from: Data(answer.body)),
      let reason = ProblemReason(rawValue: problem.reason)
    else { return report.found("\(answer.status) without a problem: \(String(decoding: answer.body.prefix(200), as: UTF8.self))", request) }
    if reason.status != answer.status || problem.status != answer.status || problem.title != reason.title || problem.requestID.isEmpty {
      report.found("\(answer.status) with a problem of \(reason.rawValue) that doesn't fit", request)
    }
    if [.unavailable, .redisError, .overloaded, .outcomeUnknown, .servicePaused, .draining].contains(reason) {
      report.found("503 \(reason.rawValue) from a sound stack", request)
    }
    report.answered("\(answer.status) \(reason.rawValue)")
  }

  private func countMoney(_ answer: RawAnswer, _ request: MalformedRequest, _ report: inout FuzzReport) {
    guard let done = try? JSONDecoder().decode(WalletCommandAnswer.self, from: Data(answer.body)), let transaction = done.transaction
    else { return }
    if ["bet", "withdraw"].contains(transaction.kind) { report.took(transaction.amount) }
  }
}
