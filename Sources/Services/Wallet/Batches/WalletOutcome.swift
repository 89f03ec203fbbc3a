/// What became of one command: its answer, or why there is none. A `Problem` is a refusal that isn't kept; a driver's error says that
/// the database failed.
package typealias WalletOutcome = Result<WalletAnswer, any Error>
