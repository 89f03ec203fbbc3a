package import Evidence
internal import Foundation
internal import Kernel
internal import Platform
package import Postgres

/// Writes a brand's log into a folder as static files, in the layout that C2SP tlog-tiles has for readers over HTTP (`docs/formats/tiles.md`): hashes and checkpoints, never entries, which are the
/// players'.
///
/// Each file appears whole. The checkpoint is the last, so that a reader never sees one whose tiles aren't there. What was published before is a memory of
/// what was signed: a log that doesn't continue it is refused.
package struct LogFiles: Sendable {
  package struct Result: Hashable, Sendable {
    package let origin: KeyName
    /// Entries in the published tree.
    package let size: Int64
    /// Tiles that were written.
    package let tiles: Int
  }

  /// Tiles of one transaction.
  private static let blockMax = 64

  private let book: LogBook
  private let log: LedgerLog
  private let witnessed: LogWitnessed

  /// - Parameter policy: whose cosignatures the checkpoint should have; nil for nobody's.
  package init(_ log: LedgerLog, database: Database, policy: TrustPolicy?) {
    book = LogBook(database: database)
    self.log = log
    witnessed = LogWitnessed(policy: policy)
  }

  /// - Parameter progress: told how many tiles are written.
  /// - Returns: nil where nothing of the log is signed.
  package func publish(under root: String, progress: (Int) -> Void) async throws -> Result? {
    let folder = "\(root)/log/\(log.scope)/\(log.ledger.rawValue)"
    let published = try published(folder)
    guard let signed = try await newest(covering: published?.size ?? 1) else { return nil }
    let checkpoint = signed.checkpoint
    if let published { try await compare(published, with: checkpoint) }
    let tiles = TileCoordinate.added(from: published?.size ?? 0, to: checkpoint.size)
    var written = 0
    while written < tiles.count {
      let block = Array(tiles[written..<min(written + Self.blockMax, tiles.count)])
      try await write(block, of: checkpoint.size, to: folder)
      written += block.count
      progress(written)
    }
    try write(signed.bytes, to: folder + "/checkpoint")
    return Result(origin: checkpoint.origin, size: checkpoint.size, tiles: written)
  }

  private func newest(covering size: Int64) async throws -> SignedCheckpoint? {
    try await book.with(log) { shelf in
      guard let kept = try await witnessed.newest(covering: size, shelf) else { return nil }
      return try SignedCheckpoint(bytes: kept.note)
    }
  }

  private func published(_ folder: String) throws -> Checkpoint? {
    guard let bytes = try DurableFile.read(folder + "/checkpoint", bytesMax: SignedNote.bytesMax) else { return nil }
    do throws(NoteFault) {
      return try SignedCheckpoint(bytes: bytes).checkpoint
    } catch {
      throw LogRefusal(.memoryUnusable, "\(folder)/checkpoint: \(error)")
    }
  }

  private func compare(_ published: Checkpoint, with checkpoint: Checkpoint) async throws {
    guard published.origin == checkpoint.origin else {
      throw LogRefusal(.contradictsPublished, "the folder has the log \(published.origin), and this one is \(checkpoint.origin)")
    }
    guard published.size <= checkpoint.size else {
      throw LogRefusal(.behindPublished, "\(published.size) entries were published, and \(checkpoint.size) are signed")
    }
    let root = try await book.with(log) { try await LogTree($0).root(ofFirst: published.size, in: checkpoint.size) }
    guard root == published.root else {
      throw LogRefusal(.contradictsPublished, "the root over \(published.size) entries was \(published.root.base64) when it was published")
    }
  }

  private func write(_ block: [TileCoordinate], of size: Int64, to folder: String) async throws {
    // Nothing in them changes any more, so that each block may have a transaction of its own.
    let tiles = try await book.with(log) { shelf in
      var tiles: [Tile] = []
      for coordinate in block { tiles.append(try await LogTree(shelf).tile(coordinate, size: size)) }
      return tiles
    }
    for (coordinate, tile) in zip(block, tiles) { try write(tile.bytes, to: "\(folder)/\(coordinate.path)") }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let directory = URL(filePath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    } catch {
      throw FileFault("\(directory) can't be made: \(error.localizedDescription)")
    }
    try DurableFile.write(bytes, to: path)
  }
}
