import Synchronization

/// Numbers for commands of a load, until it ends.
final class Deposits: Sendable {
  private let count = Atomic<Int>(0)
  private let over = Atomic<Bool>(false)

  func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }

  func end() { over.store(true, ordering: .releasing) }

  var isOver: Bool { over.load(ordering: .acquiring) }
}
