internal import Evidence
internal import Kernel

/// Signs what is new in a log. One step is one transaction.
///
/// Crash points. Before the checkpoint is remembered: nothing has happened. Between that and the commit: the next step finds it remembered, reads the
/// same entries, and publishes the same note; it never signs another tree of that size. After the commit: done.
struct LogPublisher: Sendable {
  struct Progress: Sendable {
    let size: Int64
    /// Nothing is left to sign.
    let isAtEnd: Bool
  }

  /// Entries of a step beyond what is signed, so that a transaction stays short.
  private static let stepMax: Int64 = 16_384
  private static let blockMax: Int64 = 1024

  let signer: LogSigner
  let memory: LogMemory
  let clock: WallClock
  /// Told of each point at which a process may die; tests die there.
  private let reached: @Sendable (LogStep) throws -> Void

  init(signer: LogSigner, memory: LogMemory, clock: WallClock, reached: @escaping @Sendable (LogStep) throws -> Void = { _ in }) {
    self.signer = signer
    self.memory = memory
    self.clock = clock
    self.reached = reached
  }

  /// - Returns: nil while another process works on the log.
  func step(_ shelf: any LogShelf) async throws -> Progress? {
    guard try await shelf.claim() else { return nil }
    // Taken before the database is asked who may sign: a key that is announced from later on leaves this moment to the one before it.
    let moment = clock.now()
    if let refusal = signer.refusal(by: try await shelf.signing(signer.history.operatorName), at: moment) { throw refusal }
    guard let log = signer.log(shelf.ledger, of: shelf.scope) else {
      throw LogRefusal(.checkpointAltered, "the operator's name is too long for an origin")
    }
    let kept = try await kept(log, shelf)
    let remembered = try await memory.last(of: log).map { try signer.read($0, of: log) }
    let size = kept?.checkpoint.size ?? 0
    let (growth, isAtEnd) = try await grown(from: size, [kept, remembered].compactMap { $0?.checkpoint }, shelf)
    guard growth.frontier.size > size else {
      // A folder that was lost or is new learns what was published, although there is nothing to sign.
      if remembered == nil, let kept { try await memory.remember(kept, of: log) }
      return Progress(size: size, isAtEnd: isAtEnd)
    }
    try await keepTiles(growth, from: size, shelf)
    let checkpoint = Checkpoint(origin: log.origin, size: growth.frontier.size, root: growth.frontier.root)
    let signed =
      if let remembered, remembered.checkpoint == checkpoint { remembered } else { try signer.sign(checkpoint, at: moment) }
    try reached(.signed)
    try await memory.remember(signed, of: log)
    try reached(.remembered)
    try await shelf.publish(signed, at: moment)
    try reached(.written)
    return Progress(size: checkpoint.size, isAtEnd: isAtEnd)
  }

  private func kept(_ log: LogIdentity, _ shelf: any LogShelf) async throws -> SignedCheckpoint? {
    guard let kept = try await shelf.latest() else { return nil }
    let signed = try signer.read(kept.note, of: log)
    guard signed.checkpoint.size == kept.size, signed.checkpoint.root == kept.root else {
      throw LogRefusal(.checkpointAltered, "its row says another size or root than its note")
    }
    return signed
  }

  private func grown(
    from size: Int64, _ signed: [Checkpoint], _ shelf: any LogShelf
  ) async throws -> (growth: LogGrowth, isAtEnd: Bool) {
    let frontier = try await LogTree(shelf).frontier(ofTilesIn: size)
    var growth = LogGrowth(frontier, after: try await head(frontier.size, shelf), signed: signed)
    try growth.compare()
    // Whatever was signed anywhere is passed before anything is signed: nothing smaller than that.
    let goal = max(size, signed.map(\.size).max() ?? 0) + Self.stepMax
    while growth.frontier.size < goal {
      let block = try await shelf.entries(after: growth.head.seq, limit: Self.blockMax)
      for entry in block { try growth.append(entry) }
      guard block.count == Int(Self.blockMax) else {
        try growth.end()
        return (growth, true)
      }
    }
    return (growth, false)
  }

  private func head(_ seq: Int64, _ shelf: any LogShelf) async throws -> LedgerHead {
    guard seq > 0 else { return .empty }
    let rows = try await shelf.entries(after: seq - 1, limit: 1)
    guard let entry = rows.first, entry.seq == seq else {
      throw LogRefusal(.behindPublished, "entry \(seq) was signed, and is not there")
    }
    return LedgerHead(seq: seq, hash: entry.claimed)
  }

  private func keepTiles(_ growth: LogGrowth, from size: Int64, _ shelf: any LogShelf) async throws {
    for (index, tile) in growth.tiles { try await shelf.keep(tile, level: 0, index: index) }
    let width = Int64(TileCoordinate.fullWidth)
    for tile in TileCoordinate.added(from: size, to: growth.frontier.size) where tile.level > 0 && tile.isFull {
      let first = tile.index * width
      if let whole = Tile(try await LogTree(shelf).roots(tile.level - 1, first..<first + width)) {
        try await shelf.keep(whole, level: tile.level, index: tile.index)
      }
    }
  }
}
