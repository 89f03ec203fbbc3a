internal import Synchronization

/// Counts the open client connections of all event loops, in total and per address.
final class ConnectionLimiter: Sendable {
  private struct Counts {
    var total = 0
    var perAddress: [String: Int] = [:]
  }

  private let counts = Mutex(Counts())
  private let totalMax: Int
  private let perAddressMax: Int

  init(totalMax: Int, perAddressMax: Int) {
    self.totalMax = totalMax
    self.perAddressMax = perAddressMax
  }

  /// Counts a new connection and says whether it is within both bounds. Counted either way: ``close(_:)`` follows in any case.
  /// - Parameter isProxy: a trusted proxy brings the connections of many clients; only the total bounds it.
  func open(_ address: String, isProxy: Bool = false) -> Bool {
    counts.withLock { counts in
      counts.total += 1
      let ofAddress = counts.perAddress[address, default: 0] + 1
      counts.perAddress[address] = ofAddress
      return counts.total <= totalMax && (isProxy || ofAddress <= perAddressMax)
    }
  }

  func close(_ address: String) {
    counts.withLock { counts in
      counts.total -= 1
      let left = counts.perAddress[address, default: 1] - 1
      counts.perAddress[address] = left > 0 ? left : nil
    }
  }

  var openCount: Int { counts.withLock { $0.total } }
}
