import Evidence
import Testing

@Suite("Tiles")
struct TileTests {
  @Test("a tree of 70,000 leaves has the tiles that the specification counts")
  func published() {
    let tiles = TileCoordinate.added(from: 0, to: 70_000)
    func count(_ level: Int, full: Bool) -> Int { tiles.count { $0.level == level && $0.isFull == full } }
    #expect((count(0, full: true), count(1, full: true), count(2, full: true)) == (273, 1, 0))
    #expect(tiles.filter { !$0.isFull }.map(\.width) == [112, 17, 1])
    #expect(TileCoordinate.added(from: 0, to: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
    #expect(TileCoordinate.added(from: 5, to: 5) == [])
  }

  @Test("a tile's path is the specification's, and read back only as it is written")
  func paths() throws {
    let tile = try #require(TileCoordinate(level: 3, index: 1_234_067, width: 8))
    #expect(tile.path == "tile/3/x001/x234/067.p/8" && tile.entriesPath == nil)
    for index: Int64 in [0, 7, 999, 1000, 1_234_067, 999_999_999, Int64.max >> 8] {
      for width in [1, 8, 255, 256] {
        let tile = try #require(TileCoordinate(level: 0, index: index, width: width))
        #expect(TileCoordinate(path: tile.path) == tile)
        #expect(TileCoordinate(path: try #require(tile.entriesPath)) == tile)
      }
    }
    let refused = [
      "tile/0/1", "tile/0/0001", "tile/0/x000/001", "tile/0/001/002", "tile/0/x1/002", "tile/00/001", "tile/8/001", "tile/0/001.p/0",
      "tile/0/001.p/256", "tile/0/001.p/01", "tile/0/001.p", "tile/0/", "tile/0", "tile//001", "/tile/0/001", "tile/0/001/", "tile/-1/001",
      "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/x001/x23a/067", "tile/data/001", "tile/0/../001", "",
    ]
    for path in refused { #expect(TileCoordinate(path: path) == nil, "\(path)") }
    #expect(TileCoordinate(level: 7, index: 1) == nil)
  }

  @Test("every subtree of a tree is read from one of its tiles, and proofs from tiles are those from the leaves")
  func nodes() throws {
    let size = 1000
    let tree = ReferenceTree(count: size)
    var tiles: [String: Tile] = [:]
    // Grown in steps, as a checkpointer grows them: what an earlier step wrote is never written again with the same width.
    for (old, new) in [(0, 1), (1, 255), (255, 256), (256, 700), (700, size)] {
      for tile in TileCoordinate.added(from: Int64(old), to: Int64(new)) {
        let span = 1 << (8 * tile.level)
        let hashes = (0..<tile.width).map { tree.root((Int(tile.index) * 256 + $0) * span..<(Int(tile.index) * 256 + $0 + 1) * span) }
        let content = try #require(Tile(hashes))
        #expect(Tile(bytes: content.bytes, of: tile) == content)
        #expect(tiles.updateValue(content, forKey: tile.path) == nil)
      }
    }
    func node(_ node: MerkleNode) throws -> MerkleHash {
      let (tile, range) = try #require(TileCoordinate.holding(node, size: Int64(size)))
      let content = try #require(tiles[tile.path])
      return try #require(content.hash(over: range))
    }
    for index in [0, 1, 254, 255, 256, 511, 512, 999] {
      #expect(try InclusionProof(index: Int64(index), size: Int64(size), node: node).hashes == tree.path(index, 0..<size))
    }
    for old in [1, 255, 256, 257, 700, 999] {
      #expect(try ConsistencyProof(oldSize: Int64(old), newSize: Int64(size), node: node).hashes == tree.subproof(old, 0..<size, true))
    }
    #expect(TileCoordinate.holding(MerkleNode(level: 8, index: 3), size: Int64(size)) == nil)
  }

  @Test("a tile's root leads to the tree's root by the proof of its place among the tiles")
  func tileProofs() throws {
    let size = 1000
    let tree = ReferenceTree(count: size)
    for tile in 0..<4 {
      let proof = BundleLog.proof(ofTile: Int64(tile), size: Int64(size), node: tree.node)
      let root = MerkleTree.root(of: tree.leaves[tile * 256..<min(tile * 256 + 256, size)])
      #expect(proof.root(from: root) == tree.root(size: size))
    }
  }

  @Test("a bundle of entries is read back only whole, and refused when it is too long")
  func entries() throws {
    let entries = [[], [1], [UInt8](repeating: 7, count: 65_535)]
    let bytes = try #require(EntryBundle.bytes(of: entries))
    #expect(EntryBundle.entries(from: bytes, count: 3) == entries)
    #expect(EntryBundle.entries(from: bytes, count: 2) == nil && EntryBundle.entries(from: bytes, count: 4) == nil)
    #expect(EntryBundle.entries(from: bytes + [0], count: 3) == nil && EntryBundle.entries(from: bytes.dropLast(), count: 3) == nil)
    #expect(EntryBundle.bytes(of: [[UInt8](repeating: 7, count: 65_536)]) == nil && EntryBundle.bytes(of: []) == nil)
  }
}
