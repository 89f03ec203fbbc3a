import Testing

@testable import Redis

@Suite("Reconnect pauses")
struct ReconnectPauseTests {
  @Test("The pauses double up to the greatest, chance shortens each by half at most, and a reset begins anew")
  func doubling() {
    var pause = ReconnectPause(least: .milliseconds(50), most: .seconds(2))
    #expect((0..<8).map { _ in pause.next(chance: 1) } == [50, 100, 200, 400, 800, 1600, 2000, 2000].map { Duration.milliseconds($0) })
    #expect(pause.next(chance: 0) == .seconds(1))
    pause.reset()
    #expect(pause.next(chance: 0) == .milliseconds(25))
    #expect(pause.hadHeld(for: .milliseconds(10)) == false)
    #expect(pause.next(chance: 1) == .milliseconds(100))
    #expect(pause.hadHeld(for: .seconds(1)) == true)
    #expect(pause.next(chance: 1) == .milliseconds(50))
    for _ in 0..<100 { #expect((.seconds(0)...(.seconds(2))).contains(pause.next())) }
  }
}
