import Testing

@testable import Wallet

/// A fault that is planted around the wallet's core, which itself stays as it is: in what it reads, in what is written, or in between.
struct SimulationFault: Sendable {
  let name: String
  var requests: @Sendable (inout [WalletRequest]) -> Void = { _ in }
  var reading: @Sendable (inout WalletBatchReading, [WalletRequest]) -> Void = { _, _ in }
  var rows: @Sendable (inout SimulatedRows) -> Void = { _ in }
  var outcomes: @Sendable ([WalletOutcome]) -> [WalletOutcome] = { $0 }
  /// A batch that died before its commit is committed all the same.
  var commitsAfterCrash = false
  /// Some batches are answered and not committed.
  var losesCommits = false
  /// Some batches are committed twice.
  var commitsTwice = false
  /// What is read is as old as the batch before.
  var readsBeforeTheLock = false
}

extension SimulationFault: CustomTestStringConvertible {
  var testDescription: String { name }
}
