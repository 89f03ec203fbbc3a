internal import Kernel

/// The commands of one brand that wait for a batch, and how many batches are under way. A value; its holder guards it.
///
/// Bounded: what doesn't fit is refused at once. A command is in exactly one of three places: waiting, in a batch that somebody drives, or
/// answered. Whoever is told to drive takes batches until none is left.
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

  init(
    waitingMax: Int = Limits.walletQueueCommandsMax, batchMax: Int = Limits.walletBatchCommandsMax,
    batchesInFlightMax: Int = Limits.walletBatchesInFlightMax, overlapMin: Int = Limits.walletBatchOverlapCommandsMin
  ) {
    self.waitingMax = waitingMax
    self.batchMax = batchMax
    self.batchesInFlightMax = batchesInFlightMax
    self.overlapMin = overlapMin
  }

  mutating func admit(_ waiters: [WalletWaiter]) -> Admission {
    guard waiting.count + waiters.count <= waitingMax else { return .refused }
    waiting.append(contentsOf: waiters)
    guard batchesInFlight == 0 || (batchesInFlight < batchesInFlightMax && waiting.count >= overlapMin) else { return .waits }
    batchesInFlight += 1
    return .drives
  }

  /// The next batch, oldest first; nil when nothing waits that somebody else won't take, and then the driver is done.
  mutating func take() -> [WalletWaiter]? {
    guard !waiting.isEmpty, batchesInFlight == 1 || waiting.count >= overlapMin else {
      batchesInFlight -= 1
      return nil
    }
    guard waiting.count > batchMax else {
      defer { waiting.removeAll(keepingCapacity: true) }
      return waiting
    }
    defer { waiting.removeFirst(batchMax) }
    return Array(waiting.prefix(batchMax))
  }
}
