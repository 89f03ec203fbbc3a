internal import Synchronization

/// One counter; adding is one atomic instruction. Keep it where a label set is known beforehand.
package final class CounterSeries: Sendable {
  private let count = Atomic<UInt64>(0)

  package init() {}

  package func increment(by amount: UInt64 = 1) { count.wrappingAdd(amount, ordering: .relaxed) }

  package var value: UInt64 { count.load(ordering: .relaxed) }
}
