internal import Synchronization

/// One gauge. The value is kept as the bit pattern of a `Double`, because that is what an atomic can hold.
package final class GaugeSeries: Sendable {
  private let bits = Atomic<UInt64>(0)

  package init() {}

  package func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

  package func add(_ amount: Double) {
    var expected = bits.load(ordering: .relaxed)
    while true {
      let desired = (Double(bitPattern: expected) + amount).bitPattern
      let (exchanged, original) = bits.weakCompareExchange(expected: expected, desired: desired, ordering: .relaxed)
      if exchanged { return }
      expected = original
    }
  }

  package var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }
}
