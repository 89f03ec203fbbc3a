import Synchronization

/// What callbacks were answered while things broke. Whatever was decided once must come again, byte for byte.
final class AnswerBook: Sendable {
  private struct State {
    var decided: [String: [UInt8]] = [:]
    var faults: [String] = []
    var putOff = 0
    var begun = 0
  }

  private let state = Mutex(State())

  var faults: [String] { state.withLock { $0.faults } }
  var decided: Int { state.withLock { $0.decided.count } }
  var putOff: Int { state.withLock { $0.putOff } }

  var begun: Int { state.withLock { $0.begun } }

  /// The number of the burst's next bet; nil once it is long enough and something was put off.
  func next(of length: ClosedRange<Int>) -> Int? {
    state.withLock { state in
      guard state.begun < length.lowerBound || state.putOff == 0, state.begun < length.upperBound else { return nil }
      defer { state.begun += 1 }
      return state.begun
    }
  }

  /// - Returns: whether it was decided.
  func note(_ reply: GameCall, _ note: ProviderNote, _ pen: ProviderPen) -> Bool {
    let term = pen.read(reply.status, reply.body).term
    let words = ModelDialect.of(pen.provider).words
    return state.withLock { state in
      if reply.status == 503, term == ["mg": "RS_ERROR_UNKNOWN", "bti": "-1", "wc": "RETRY"][pen.provider] {
        state.putOff += 1
        return false
      }
      if term != words["ok"] { state.faults.append("\(note.transaction): \(reply.status) \(reply.text)") }
      if let earlier = state.decided[note.transaction], earlier != reply.body { state.faults.append("\(note.transaction): other bytes") }
      state.decided[note.transaction] = reply.body
      return true
    }
  }
}
