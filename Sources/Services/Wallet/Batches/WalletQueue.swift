internal import Kernel

/// The commands of one brand that wait for a batch, and how many batches are under way. A value; its holder guards it.
///
/// Bounded: what doesn't fit is refused at once. A command is in exactly one of three places: waiting, in a batch that somebody drives, or
/// answered. Whoever is told to drive takes batches until none is left. A player is in one batch at a time, so that what becomes of it is
/// known before the player's next command is tried.
struct WalletQueue {
  enum Admission {
    /// There is no room for all of them: none was taken.
    case refused
    /// Somebody drives already, and will come to them.
    case waits
    /// The caller must see to it that somebody drives.
    case drives
  }

  let waitingMax: Int
  let batchMax: Int
  let batchesInFlightMax: Int
  /// A second batch beside the first is worth its fixed cost only when it has so many commands.
  let overlapMin: Int
  private(set) var waiting: [WalletWaiter] = []
  private(set) var batchesInFlight = 0
  private var playersInFlight: Set<PlayerID> = []
  /// So many must wait before it is looked again whether they make a second batch.
  private var overlapAt: Int

  init(
    waitingMax: Int = Limits.walletQueueCommandsMax, batchMax: Int = Limits.walletBatchCommandsMax,
    batchesInFlightMax: Int = Limits.walletBatchesInFlightMax, overlapMin: Int = Limits.walletBatchOverlapCommandsMin
  ) {
    self.waitingMax = waitingMax
    self.batchMax = batchMax
    self.batchesInFlightMax = batchesInFlightMax
    self.overlapMin = overlapMin
    self.overlapAt = overlapMin
  }

  mutating func admit(_ waiters: [WalletWaiter]) -> Admission {
    guard waiting.count + waiters.count <= waitingMax else { return .refused }
    waiting.append(contentsOf: waiters)
    guard batchesInFlight == 0 || (batchesInFlight < batchesInFlightMax && waiting.count >= overlapAt) else { return .waits }
    batchesInFlight += 1
    return .drives
  }

  /// The next batch, oldest first; nil when nothing waits that somebody else won't take, and then the driver is done.
  ///
  /// - Parameter done: the batch that this driver has finished.
  mutating func take(releasing done: [WalletWaiter] = []) -> [WalletWaiter]? {
    for waiter in done { playersInFlight.remove(waiter.request.player) }
    if !done.isEmpty { overlapAt = overlapMin }
    let batch = batchesInFlight == 1 ? oldest() : besides()
    guard !batch.isEmpty else {
      batchesInFlight -= 1
      return nil
    }
    for waiter in batch { playersInFlight.insert(waiter.request.player) }
    return batch
  }

  /// Takes out what waits of these players.
  mutating func withdraw(_ isMeant: (PlayerID) -> Bool) -> [WalletWaiter] {
    let withdrawn = waiting.filter { isMeant($0.request.player) }
    if !withdrawn.isEmpty { waiting.removeAll { isMeant($0.request.player) } }
    return withdrawn
  }

  private mutating func oldest() -> [WalletWaiter] {
    guard waiting.count > batchMax else {
      defer { waiting.removeAll(keepingCapacity: true) }
      return waiting
    }
    defer { waiting.removeFirst(batchMax) }
    return Array(waiting.prefix(batchMax))
  }

  /// A batch beside the one that is under way: of other players, and only if they are enough.
  private mutating func besides() -> [WalletWaiter] {
    var batch: [WalletWaiter] = []
    var left: [WalletWaiter] = []
    for waiter in waiting {
      if batch.count < batchMax, !playersInFlight.contains(waiter.request.player) {
        batch.append(waiter)
      } else {
        left.append(waiter)
      }
    }
    guard batch.count >= overlapMin else {
      overlapAt = waiting.count + overlapMin
      return []
    }
    waiting = left
    return batch
  }
}
