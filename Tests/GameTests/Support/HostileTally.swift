import Synchronization

/// What hostile callbacks were answered.
final class HostileTally: Sendable {
  private let kept = Mutex<(count: Int, faults: [String])>((0, []))

  var count: Int { kept.withLock { $0.count } }
  var faults: [String] { kept.withLock { $0.faults } }

  func note(_ reply: GameCall, _ sent: HostileCallback, _ pen: ProviderPen) {
    let reading = pen.read(reply.status, reply.body)
    let isFault = reply.status >= 500 || reading.term.isEmpty || reply.contentType.contains("problem")
    kept.withLock { kept in
      kept.count += 1
      if isFault {
        kept.faults.append("\(reply.status) \(reply.text.prefix(80)) to \(String(decoding: sent.body.prefix(120), as: UTF8.self))")
      }
    }
  }
}
