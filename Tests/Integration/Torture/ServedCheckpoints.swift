import Synchronization

/// The checkpoints that were served, each once, in the order in which they were seen.
final class ServedCheckpoints: Sendable {
  private let seen = Mutex<[Int64: [String]]>([:])

  func add(_ note: String, of brand: Int64) {
    seen.withLock { if $0[brand]?.last != note { $0[brand, default: []].append(note) } }
  }

  func notes(of brand: Int64) -> [String] { seen.withLock { $0[brand] ?? [] } }
}
