internal import ArgumentParser
internal import Evidence

/// A ledger by its table's name, as an option has it.
struct LedgerArgument: ExpressibleByArgument {
  let ledger: Ledger

  init?(argument: String) {
    guard let ledger = Ledger(rawValue: argument) else { return nil }
    self.ledger = ledger
  }

  static var allValueStrings: [String] { Ledger.allCases.map(\.rawValue) }
}
