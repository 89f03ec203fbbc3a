import Kernel
import Testing

@testable import Audit

@Suite("Who may sign")
struct SigningStandTests {
  @Test("which key may sign at a moment: one that is announced, from its time on, until the next one's; none in a pause")
  func stand() {
    let (one, two, other) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32), [UInt8](repeating: 3, count: 32))
    let keys = [
      SigningStand.Key(publicKey: one, from: Timestamp(seconds: 100)), SigningStand.Key(publicKey: two, from: Timestamp(seconds: 200)),
    ]
    func reason(_ key: [UInt8], _ second: Int64, pausedUntil: Int64? = nil) -> LogRefusal.Reason? {
      SigningStand(keys: keys, pausedUntil: pausedUntil.map { Timestamp(seconds: $0) })
        .refusal(of: key, at: Timestamp(seconds: second))?.reason
    }
    #expect(reason(one, 99) == .keyNotYetValid)
    #expect(reason(one, 100) == nil && reason(one, 199) == nil)
    #expect(reason(one, 200) == .keySuperseded)
    #expect(reason(two, 199) == .keyNotYetValid)
    #expect(reason(two, 200) == nil)
    #expect(reason(other, 200) == .keyUnknown)
    #expect(reason(two, 300, pausedUntil: 301) == .signingPaused && reason(two, 301, pausedUntil: 301) == nil)
    #expect(SigningStand(keys: [], pausedUntil: nil).refusal(of: other, at: Timestamp(seconds: 1)) == nil)
  }
}
