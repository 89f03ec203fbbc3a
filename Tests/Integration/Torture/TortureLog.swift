import Synchronization

/// The clients' own record of the run: all that the model is fed from.
final class TortureLog: Sendable {
  private let kept = Mutex<[TortureRecord]>([])

  var records: [TortureRecord] { kept.withLock { $0 } }

  /// - Returns: where the record stands, for what comes back.
  func intends(_ intent: TortureIntent) -> Int {
    kept.withLock { records in
      records.append(TortureRecord(intent))
      return records.count - 1
    }
  }

  func answered(_ index: Int, _ reply: TortureReply) { kept.withLock { $0[index].answers.append(reply) } }

  func doubted(_ index: Int, _ why: String) {
    kept.withLock {
      $0[index].ambiguous += 1
      $0[index].doubts.insert(why)
    }
  }
}
