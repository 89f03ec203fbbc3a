import Kernel
import Logging
import Testing

@testable import Wallet

@Suite("The queue of a brand's commands")
struct WalletQueueTests {
  /// Each of a player of its own, unless told whose.
  private static func waiters(_ count: Int, from first: Int64 = 1, of owner: Int64? = nil) throws -> [WalletWaiter] {
    let brand = Brand(
      id: try #require(BrandID(1)), code: try #require(BrandCode("default")), status: .enabled,
      currency: try #require(Currency(code: "EUR")))
    return try (0..<count).map { number in
      let player = try #require(PlayerID(owner ?? first + Int64(number)))
      let request = WalletRequest(
        brand: brand, key: "k\(number)", player: player, action: .deposit(amount: 1), currency: nil, caller: .game, requestID: "r",
        traceID: "t",
        logger: Logger(label: "test"))
      return WalletWaiter(request: request, since: .now) { _ in }
    }
  }

  /// The queue changes inside the question, which `#require` doesn't allow.
  private static func some(_ batch: [WalletWaiter]?) throws -> [WalletWaiter] { try #require(batch) }

  @Test("the first command is driven at once; those that come meanwhile wait, and are one batch, oldest first")
  func gathers() throws {
    var queue = WalletQueue()
    let all = try Self.waiters(4)
    #expect(queue.admit([all[0]]) == .drives)
    #expect(queue.take()?.map(\.request.key) == ["k0"])
    for waiter in all[1...] { #expect(queue.admit([waiter]) == .waits) }
    #expect(queue.take(releasing: [all[0]])?.map(\.request.key) == ["k1", "k2", "k3"])
    #expect(queue.take(releasing: Array(all[1...]))?.count == nil)
    #expect(queue.batchesInFlight == 0)
    #expect(queue.admit([all[0]]) == .drives)
  }

  @Test("a second batch begins beside the first only when it is worth it, and no third does")
  func overlaps() throws {
    var queue = WalletQueue(waitingMax: 100, batchMax: 10, batchesInFlightMax: 2, overlapMin: 5)
    #expect(queue.admit(try Self.waiters(1)) == .drives)
    let first = try Self.some(queue.take())
    #expect(queue.admit(try Self.waiters(4, from: 10)) == .waits)
    #expect(queue.admit(try Self.waiters(1, from: 20)) == .drives)
    var second = try Self.some(queue.take())
    #expect(second.count == 5)
    #expect(queue.admit(try Self.waiters(30, from: 30)) == .waits)
    #expect(queue.batchesInFlight == 2)
    // One of the two goes on while there is a batch for it; the last driver takes whatever is left.
    for _ in 0..<3 {
      second = try Self.some(queue.take(releasing: second))
      #expect(second.count == 10)
    }
    #expect(queue.admit(try Self.waiters(2, from: 60)) == .waits)
    #expect(queue.take(releasing: second)?.count == nil)
    let rest = try Self.some(queue.take(releasing: first))
    #expect(rest.count == 2)
    #expect(queue.take(releasing: rest)?.count == nil)
    #expect(queue.batchesInFlight == 0)
  }

  @Test("a player is in one batch at a time, and keeps their order")
  func onePlayerOneBatch() throws {
    var queue = WalletQueue(waitingMax: 100, batchMax: 10, batchesInFlightMax: 2, overlapMin: 5)
    #expect(queue.admit(try Self.waiters(1, of: 7)) == .drives)
    let first = try Self.some(queue.take())
    #expect(queue.admit(try Self.waiters(6, of: 7)) == .drives)
    #expect(queue.take()?.count == nil)
    // Nothing but the player's own waits: nobody looks again for each of them.
    #expect(queue.admit(try Self.waiters(1, of: 7)) == .waits)
    #expect(queue.admit(try Self.waiters(5, from: 20)) == .drives)
    let second = try Self.some(queue.take())
    #expect(second.map(\.request.player.rawValue) == [20, 21, 22, 23, 24])
    let rest = try Self.some(queue.take(releasing: second) ?? queue.take(releasing: first))
    #expect(rest.map(\.request.key) == ["k0", "k1", "k2", "k3", "k4", "k5", "k0"])
  }

  @Test("what waits of some players is taken out, and the others stay in their order")
  func withdraws() throws {
    var queue = WalletQueue()
    #expect(queue.admit(try Self.waiters(1)) == .drives)
    _ = queue.take()
    #expect(queue.admit(try Self.waiters(4, from: 5)) == .waits)
    #expect(queue.withdraw { $0.rawValue.isMultiple(of: 2) }.map(\.request.player.rawValue) == [6, 8])
    #expect(queue.waiting.map(\.request.player.rawValue) == [5, 7])
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
