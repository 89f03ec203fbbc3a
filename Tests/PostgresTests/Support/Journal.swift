import Synchronization

/// What happened, in the order in which it happened.
final class Journal<Entry: Sendable>: Sendable {
  private let content = Mutex<[Entry]>([])

  var entries: [Entry] { content.withLock { $0 } }

  func append(_ entry: Entry) { content.withLock { $0.append(entry) } }
}
