/// What came of malformed requests.
struct FuzzReport: Sendable {
  private static let findingsMax = 20

  private(set) var count = 0
  /// By `status reason`.
  private(set) var answers: [String: Int] = [:]
  /// Connections that were closed instead of an answer.
  private(set) var closed = 0
  /// Minor units that bets and withdrawals took: damage that left the request valid.
  private(set) var taken: Int64 = 0
  private(set) var findings: [String] = []

  mutating func answered(_ summary: String) {
    count += 1
    answers[summary, default: 0] += 1
  }

  mutating func closedWithoutAnswer() {
    count += 1
    closed += 1
  }

  mutating func took(_ amount: Int64) { taken += amount }

  mutating func found(_ what: String, _ request: MalformedRequest) {
    guard findings.count < Self.findingsMax else { return }
    findings.append("\(what) for \(request.damage): \(String(decoding: request.bytes.prefix(300), as: UTF8.self).debugDescription)")
  }

  mutating func add(_ other: FuzzReport) {
    count += other.count
    closed += other.closed
    taken += other.taken
    answers.merge(other.answers, uniquingKeysWith: +)
    findings += other.findings
  }
}
