import Evidence
import Kernel

/// A log that a test plays: its key, and entries that may fork.
struct WitnessedLog: Sendable {
  struct Impossible: Error {}

  let origin: KeyName
  let key: SigningKey
  private let leaves: [MerkleHash]

  /// - Parameters:
  ///   - fork: entries from `forkAt` on are those of this history.
  init(_ origin: String = "wallets.example.com/brand/1/wallet_ledger", key: SigningKey = SigningKey(), count: Int = 600) throws {
    guard let origin = KeyName(origin) else { throw Impossible() }
    self.init(origin, key, (0..<count).map { MerkleTree.leafHash(of: Array("entry \($0)".utf8)) })
  }

  private init(_ origin: KeyName, _ key: SigningKey, _ leaves: [MerkleHash]) {
    self.origin = origin
    self.key = key
    self.leaves = leaves
  }

  /// The same log with another history from entry `index` on.
  func forked(at index: Int, _ name: String = "forged") -> WitnessedLog {
    WitnessedLog(
      origin, key, leaves.enumerated().map { $0 < index ? $1 : MerkleTree.leafHash(of: Array("\(name) \($0)".utf8)) })
  }

  /// The same history under another key.
  func signed(with key: SigningKey) -> WitnessedLog { WitnessedLog(origin, key, leaves) }

  func root(_ size: Int) -> MerkleHash { MerkleTree.root(of: leaves[..<size]) }

  func note(_ size: Int) throws -> SignedNote {
    let checkpoint = Checkpoint(origin: origin, size: Int64(size), root: root(size))
    return try SignedCheckpoint(signing: checkpoint, with: key, at: Timestamp(seconds: 1_764_028_800)).note
  }

  func proof(from old: Int, to new: Int) -> [MerkleHash] {
    ConsistencyProof(oldSize: Int64(old), newSize: Int64(new)) { node in
      MerkleTree.root(of: leaves[Int(node.leaves.lowerBound)..<Int(node.leaves.upperBound)])
    }.hashes
  }

  /// What a log sends to have its tree of `new` entries cosigned after that of `old`.
  func request(from old: Int, to new: Int) throws -> [UInt8] {
    WitnessRequest(oldSize: Int64(old), hashes: proof(from: old, to: new), note: try note(new)).bytes
  }

  /// The line of a file that names this log's key.
  var keyLine: String { (try? key.verifierKey(origin).description) ?? "" }
}
