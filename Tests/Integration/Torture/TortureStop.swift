import Synchronization

/// Tells running clients when to end.
final class TortureStop: Sendable {
  private let over = Atomic<Bool>(false)
  private let gaveUp = Atomic<Bool>(false)

  var isOver: Bool {
    get { over.load(ordering: .acquiring) }
    set { over.store(newValue, ordering: .releasing) }
  }

  var givesUp: Bool {
    get { gaveUp.load(ordering: .acquiring) }
    set { gaveUp.store(newValue, ordering: .releasing) }
  }
}
