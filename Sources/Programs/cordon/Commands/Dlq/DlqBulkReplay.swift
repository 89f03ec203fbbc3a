internal import Composition
internal import Kernel
internal import Platform

/// Many replays, one after another, not faster than asked, until they are done, somebody stops it, or game_service can't answer.
struct DlqBulkReplay {
  struct Summary: Hashable {
    var replayed = 0
    var refused = 0
    /// Not tried, or nothing was decided.
    var left = 0

    var tried: Int { replayed + refused }
    var text: String { "replayed=\(replayed) refused=\(refused) left=\(left)" }
    var json: JSONValue { ["replayed": .integer(replayed), "refused": .integer(refused), "left": .integer(left)] }
  }

  let client: DeadLetterReplayClient
  let perSecond: Int
  let isStopped: () -> Bool
  let tell: (String) -> Void

  func run(_ ids: [Int64]) async -> Summary {
    let pause = Duration.seconds(1) / perSecond
    var summary = Summary()
    var next = ContinuousClock.now
    for (index, id) in ids.enumerated() {
      await wait(until: next)
      guard !isStopped() else {
        summary.left = ids.count - index
        return summary
      }
      next = max(next + pause, .now)
      guard await replay(id, "[\(index + 1)/\(ids.count)]", &summary) else {
        summary.left = ids.count - index
        return summary
      }
    }
    return summary
  }

  /// - Returns: false when game_service can't answer: the next one would fare no better.
  private func replay(_ id: Int64, _ place: String, _ summary: inout Summary) async -> Bool {
    do {
      let answer = try await client.replay(id)
      summary.replayed += 1
      tell("\(place) \(DlqWork.line(answer))")
    } catch let problem as Problem where problem.reason.retryable && problem.reason != .deadLetterBusy {
      tell("\(place) #\(id) not replayed: \(problem)")
      return false
    } catch {
      summary.refused += 1
      tell("\(place) #\(id) not replayed: \(error)")
    }
    return true
  }

  /// In short pieces, so that a stop is heard.
  private func wait(until moment: ContinuousClock.Instant) async {
    while ContinuousClock.now < moment && !isStopped() {
      try? await Task.sleep(for: min(moment - .now, .milliseconds(50)))
    }
  }
}
