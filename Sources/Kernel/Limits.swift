/// Every bound of the platform that isn't configuration, in one place, units last.
package enum Limits {
  package static let brandCodeCharactersMax = 32

  // HTTP. A request is refused before more than this of it is kept.
  package static let headerBytesMax = 16 * 1024
  package static let headerFieldsMax = 100
  package static let bodyBytesMax = 64 * 1024
  package static let requestTargetBytesMax = 4096
  /// The longest answer that one role takes from another.
  package static let internalAnswerBytesMax = 4 * 1024 * 1024
  package static let jsonDepthMax = 32
  package static let idempotencyKeyCharactersMax = 255
  package static let requestIDCharactersMax = 128

  // Table freezes (S0-FRZ).
  /// The longest that a table stays frozen without somebody freezing it again.
  package static let tableFreezeSecondsMax = 1800
  /// `Retry-After` of a write to a frozen table.
  package static let pausedRetrySeconds = 5

  // The spool of dead letters. A callback is a few kilobytes; this is some hours of a provider that sends nothing else.
  package static let gameSpoolFilesMax = 20_000
  package static let gameSpoolBytesMax = 256 * 1024 * 1024

  // Lists.
  package static let pageSizeMax = 100
  package static let pageSizeDefault = 10

  // Accounts.
  package static let accountCharactersMin = 3
  package static let accountCharactersMax = 32
  package static let passwordBytesMin = 8
  package static let passwordBytesMax = 128
  package static let operatorIDCharactersMax = 128
  /// Log-ins that one account may try within ``loginWindowSeconds`` before one succeeds (C-22). Guessing then takes a year for
  /// 350,000 passwords, and an owner who is locked out by somebody else's guesses waits a quarter of an hour at most.
  package static let loginAttemptsMax: Int64 = 10
  package static let loginWindowSeconds = 900

  // Money: one command never moves more than this. What a player may hold in all is an Int64; the wallet refuses what would leave it.
  package static let amountMinorUnitsMax: Int64 = 1_000_000_000_000_000

  /// Ledger writes that take longer stop a release and call the on-call (S0-WAL-36, C-22).
  package static let walletLedgerWriteDelaySecondsMax = 5

  // The wallet's batches. A command is about a kilobyte while it waits, so a full queue is four megabytes a brand.
  package static let walletQueueCommandsMax = 4096
  /// Half a kilobyte for each command of a full batch.
  package static let walletBatchBodyBytesMax = 256 * 1024
  /// The knee of the measured curve: above it latency grows and nothing is won.
  package static let walletBatchCommandsMax = 500
  /// One that the database works on, and one that waits for the brand's lock behind it.
  package static let walletBatchesInFlightMax = 2
  package static let walletBatchOverlapCommandsMin = 128
}
