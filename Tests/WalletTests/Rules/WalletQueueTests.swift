import Kernel
import Logging
import Testing

@testable import Wallet

@Suite("The queue of a brand's commands")
struct WalletQueueTests {
  private static func waiters(_ count: Int) throws -> [WalletWaiter] {
    let brand = Brand(
      id: try #require(BrandID(1)), code: try #require(BrandCode("default")), status: .enabled,
      currency: try #require(Currency(code: "EUR")))
    let player = try #require(PlayerID(1))
    return (0..<count).map { number in
      let request = WalletRequest(
        brand: brand, key: "k\(number)", player: player, action: .deposit(amount: 1), currency: nil, caller: .game, requestID: "r",
        traceID: "t",
        logger: Logger(label: "test"))
      return WalletWaiter(request: request, since: .now) { _ in }
    }
  }

  @Test("the first command is driven at once; those that come meanwhile wait, and are one batch, oldest first")
  func gathers() throws {
    var queue = WalletQueue()
    let all = try Self.waiters(4)
    #expect(queue.admit([all[0]]) == .drives)
    #expect(queue.take()?.map(\.request.key) == ["k0"])
    for waiter in all[1...] { #expect(queue.admit([waiter]) == .waits) }
    #expect(queue.take()?.map(\.request.key) == ["k1", "k2", "k3"])
    #expect(queue.take()?.count == nil)
    #expect(queue.batchesInFlight == 0)
    #expect(queue.admit([all[0]]) == .drives)
  }

  @Test("a second batch begins beside the first only when it is worth it, and no third does")
  func overlaps() throws {
    var queue = WalletQueue(waitingMax: 100, batchMax: 10, batchesInFlightMax: 2, overlapMin: 5)
    #expect(queue.admit(try Self.waiters(1)) == .drives)
    #expect(queue.take()?.count == 1)
    #expect(queue.admit(try Self.waiters(4)) == .waits)
    #expect(queue.admit(try Self.waiters(1)) == .drives)
    #expect(queue.take()?.count == 5)
    #expect(queue.admit(try Self.waiters(30)) == .waits)
    #expect(queue.batchesInFlight == 2)
    // One of the two goes on while there is a batch for it; the last driver takes whatever is left.
    for _ in 0..<3 { #expect(queue.take()?.count == 10) }
    #expect(queue.admit(try Self.waiters(2)) == .waits)
    #expect(queue.take()?.count == nil)
    #expect(queue.take()?.count == 2)
    #expect(queue.take()?.count == nil)
    #expect(queue.batchesInFlight == 0)
  }

  @Test("what doesn't fit is refused whole, and takes nobody's place")
  func bounded() throws {
    var queue = WalletQueue(waitingMax: 3, batchMax: 2, batchesInFlightMax: 1, overlapMin: 1)
    #expect(queue.admit(try Self.waiters(3)) == .drives)
    #expect(queue.admit(try Self.waiters(1)) == .refused)
    #expect(queue.take()?.count == 2)
    #expect(queue.admit(try Self.waiters(3)) == .refused)
    #expect(queue.admit(try Self.waiters(2)) == .waits)
    #expect(queue.waiting.count == 3)
  }
}
