import Glibc
import Reactor
import Testing

@Suite("the reactor")
struct ReactorTests {
  private let reactor = Reactor.shared

  @Test("wakes when the descriptor is readable, and not before")
  func readable() async {
    let pair = SocketPair()
    #expect(await reactor.wait(for: .readable, on: pair.right, until: .now + .milliseconds(20)) == .timedOut)
    async let readiness = reactor.wait(for: .readable, on: pair.right, until: .now + .seconds(20))
    pair.writeToRight()
    #expect(await readiness == .ready)
  }

  @Test("wakes when the descriptor is writable, and not before")
  func writable() async {
    let pair = SocketPair()
    #expect(await reactor.wait(for: .writable, on: pair.left, until: .now + .seconds(20)) == .ready)
    pair.fillLeft()
    #expect(await reactor.wait(for: .writable, on: pair.left, until: .now + .milliseconds(20)) == .timedOut)
    async let readiness = reactor.wait(for: .writable, on: pair.left, until: .now + .seconds(20))
    pair.drainRight()
    #expect(await readiness == .ready)
  }

  @Test("either wakes for reading while writing isn't possible, and the other way round")
  func either() async {
    let pair = SocketPair()
    #expect(await reactor.wait(for: .either, on: pair.left, until: .now + .seconds(20)) == .ready)
    pair.fillLeft()
    #expect(await reactor.wait(for: .either, on: pair.left, until: .now + .milliseconds(20)) == .timedOut)
    async let readiness = reactor.wait(for: .either, on: pair.left, until: .now + .seconds(20))
    pair.writeToLeft()
    #expect(await readiness == .ready)
  }

  @Test("a cancelled task stops waiting, whether it is cancelled before or while it waits")
  func cancellation() async {
    let pair = SocketPair()
    for rounds in 0..<200 {
      let readiness = await withTaskGroup(of: Reactor.Readiness.self) { group in
        group.addTask { await self.reactor.wait(for: .readable, on: pair.right, until: .now + .seconds(20)) }
        for _ in 0..<(rounds % 5) { await Task.yield() }
        group.cancelAll()
        return await group.next()
      }
      #expect(readiness == .cancelled)
    }
  }

  @Test("after a cancellation the descriptor can be waited for again")
  func againAfterCancellation() async {
    let pair = SocketPair()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { _ = await self.reactor.wait(for: .readable, on: pair.right, until: nil) }
      group.cancelAll()
    }
    pair.writeToRight()
    #expect(await reactor.wait(for: .readable, on: pair.right, until: .now + .seconds(20)) == .ready)
  }

  @Test("no wait ends before its deadline, however many wait on however many descriptors")
  func deadlines() async {
    let pairs = (0..<50).map { _ in SocketPair() }
    let start = ContinuousClock.now
    await withTaskGroup(of: Void.self) { group in
      for (index, pair) in pairs.enumerated() {
        group.addTask {
          let deadline = start + .milliseconds(3 * (50 - index))
          #expect(await self.reactor.wait(for: .readable, on: pair.right, until: deadline) == .timedOut)
          #expect(ContinuousClock.now >= deadline)
        }
      }
    }
  }

  @Test("the hang-up of the other side counts as ready")
  func hangUp() async {
    var pair: SocketPair? = SocketPair()
    let copy = pair?.duplicateRight() ?? -1
    defer { close(copy) }
    async let readiness = reactor.wait(for: .readable, on: copy, until: .now + .seconds(20))
    pair = nil
    #expect(await readiness == .ready)
  }

  @Test("an actor on the reactor runs one thing at a time")
  func isolation() async {
    let counter = ReactorCounter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<64 {
        group.addTask { for _ in 0..<100 { await counter.increment() } }
      }
    }
    #expect(await counter.value == 6400)
  }
}

private actor ReactorCounter {
  nonisolated var unownedExecutor: UnownedSerialExecutor { Reactor.shared.asUnownedSerialExecutor() }
  private(set) var value = 0

  func increment() { value += 1 }
}
