import Kernel
import Logging
import Platform

@testable import Wallet

/// The wallet's pure core on tables in memory, as `WalletBatchTransaction` runs it on real ones; with a planted fault, if there is one.
struct SimulatedWallet {
  struct Decided {
    let outcomes: [WalletOutcome]
    let rows: SimulatedRows
    let waves: Int
    let hasInsertAndChange: Bool
  }

  let brand: Brand
  let fault: SimulationFault?
  var database = SimulatedDatabase()
  /// What the fault of a reading from before the lock sees.
  private var earlier = SimulatedDatabase()
  private var attempts = 0
  private let logger = Logger(label: "simulation")

  init(fault: SimulationFault?) throws {
    guard let id = BrandID(1), let code = BrandCode("default"), let currency = Currency(code: "EUR") else {
      throw SimulationFinding("the brand")
    }
    brand = Brand(id: id, code: code, status: .enabled, currency: currency)
    self.fault = fault
  }

  private mutating func request(_ command: ModelCommand) throws -> WalletRequest {
    guard let player = PlayerID(command.player) else { throw SimulationFinding("the player") }
    // Every attempt is another HTTP request; a replay must not show it.
    attempts += 1
    return WalletRequest(
      brand: brand, key: command.key, player: player, action: command.action, currency: command.currency, reason: command.reason,
      caller: .game, requestID: "r-\(attempts)", traceID: "0", logger: logger)
  }

  mutating func decide(_ commands: [ModelCommand], at moment: Timestamp, identifiers: UUIDv7Sequence) throws -> Decided {
    var requests = try commands.map { try request($0) }
    fault?.requests(&requests)
    var reading = (fault?.readsBeforeTheLock == true ? earlier : database).read(requests)
    reading.head = database.head
    fault?.reading(&reading, requests)
    if fault?.readsBeforeTheLock == true { earlier = database }
    var books = WalletBatchBooks(brand: brand, reading: reading, enforcement: .enforce, at: moment, identifiers: identifiers)
    for request in requests { books.execute(request) }
    let result = books.result
    var rows = try SimulatedRows(result.plan)
    let opened = Set(rows.opened.map(\.transaction.id))
    let changedToo = rows.waves.first?.contains { opened.contains($0.id) } == true
    let waves = rows.waves.count
    fault?.rows(&rows)
    return Decided(outcomes: fault?.outcomes(result.outcomes) ?? result.outcomes, rows: rows, waves: waves, hasInsertAndChange: changedToo)
  }

  mutating func commit(_ decided: Decided) throws { try database.write(decided.rows) }
}
