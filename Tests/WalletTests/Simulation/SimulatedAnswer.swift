import Kernel

@testable import Wallet

/// What a command was told, as its client sees it.
struct SimulatedAnswer: Hashable, Sendable {
  let status: Int
  let bytes: [UInt8]
  let isReplay: Bool
  /// Of a refusal that isn't kept.
  let problem: String?

  init(_ outcome: WalletOutcome) {
    switch outcome {
    case .success(let answer):
      status = answer.status
      bytes = answer.body
      isReplay = answer.isReplay
      problem = nil
    case .failure(let error):
      let reason = (error as? Problem)?.reason
      status = reason?.status ?? 0
      problem = reason?.rawValue ?? "\(error)"
      bytes = Array((problem ?? "").utf8)
      isReplay = false
    }
  }

  var body: String { String(decoding: bytes, as: UTF8.self) }

  /// An answer about a transaction ends with `"transaction_id":"…"}}`.
  var transactionID: String { String(decoding: bytes.suffix(39).prefix(36), as: UTF8.self) }
}
