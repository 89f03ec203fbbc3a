internal import Crypto
internal import Kernel

/// One try to log in, as the log keeps it: no password, the address only as a digest.
struct LoginAttempt: Sendable {
  let player: PlayerID?
  let accountKey: String
  let sourceHash: [UInt8]?
  let requestID: String

  /// - Parameter account: what was sent; cut to what an account may be, so that the log can't be flooded with text.
  init(player: PlayerID?, account: String, clientAddress: String?, requestID: String) {
    self.player = player
    self.accountKey = String(account.lowercased().prefix(Limits.accountCharactersMax))
    self.sourceHash = clientAddress.map { Array(SHA256.hash(data: Array($0.utf8))) }
    self.requestID = requestID
  }
}
