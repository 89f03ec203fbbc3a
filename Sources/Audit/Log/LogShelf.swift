internal import Evidence
internal import Kernel

/// One log in one transaction: its ledger's rows, and what is signed of them.
protocol LogShelf: Sendable {
  var scope: LogScope { get }
  var ledger: Ledger { get }

  /// False while another process works on the log. Kept until the transaction's end.
  func claim() async throws -> Bool

  /// Which keys the database knows of the operator, and whether signing is paused.
  func signing(_ operatorName: OperatorName) async throws -> SigningStand

  /// The ledger's rows behind `seq`, in their order.
  func entries(after seq: Int64, limit: Int64) async throws -> [LogEntry]

  /// Whether the ledger has rows behind `seq`.
  func isLonger(than seq: Int64) async throws -> Bool

  func latest() async throws -> KeptCheckpoint?

  /// The checkpoints of these sizes, as their rows say and as their notes do.
  func kept(_ sizes: ClosedRange<Int64>) async throws -> [KeptCheckpoint]

  /// Full tiles of level 0, those of them that are kept.
  func tiles(_ indices: Range<Int64>) async throws -> [Int64: Tile]

  /// Roots of neighbouring full tiles of a level, as many as are there.
  func roots(_ level: Int, _ indices: Range<Int64>) async throws -> [MerkleHash]

  func keep(_ tile: Tile, level: Int, index: Int64) async throws

  func publish(_ signed: SignedCheckpoint, at moment: Timestamp) async throws

  /// The last checkpoints of at least `size` entries that any witness cosigned, newest first.
  func cosigned(covering size: Int64, limit: Int64) async throws -> [CosignedCheckpoint]

  /// The first checkpoints of at least `size` entries that were signed at `time` or later, oldest first.
  func earliest(covering size: Int64, since time: Timestamp, limit: Int64) async throws -> [KeptCheckpoint]

  /// What witnesses signed of the checkpoint of this size.
  func cosignatures(of size: Int64) async throws -> [NoteSignature]

  /// The last checkpoint that has a cosignature of this key, with this one.
  func lastCosigned(by key: VerifierKey) async throws -> CosignedCheckpoint?

  /// Keeps a cosignature, once: workers may have asked at the same time.
  func keep(_ signature: NoteSignature, of size: Int64) async throws
}
