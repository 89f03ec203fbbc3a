internal import Kernel

/// Which tile of a tree (C2SP tlog-tiles): 256 neighbouring hashes of every eighth level, fewer at the right edge.
package struct TileCoordinate: Hashable, Sendable {
  package static let height = 8
  package static let fullWidth = 256

  /// 0 holds leaf hashes; each level above holds one hash for each full tile below.
  package let level: Int
  package let index: Int64
  /// Hashes in it, 1 to 256.
  package let width: Int

  /// Nil where no tree has such a tile.
  package init?(level: Int, index: Int64, width: Int = fullWidth) {
    guard (0...7).contains(level), index >= 0, (1...Self.fullWidth).contains(width) else { return nil }
    guard index <= (Int64.max >> Int64(Self.height * level)) >> Int64(Self.height) else { return nil }
    self.init(valid: level, index, width)
  }

  private init(valid level: Int, _ index: Int64, _ width: Int) {
    self.level = level
    self.index = index
    self.width = width
  }

  package var isFull: Bool { width == Self.fullWidth }

  /// Whether a tree of `size` leaves has all of its hashes.
  package func isWithin(_ size: Int64) -> Bool { index * Int64(Self.fullWidth) + Int64(width) <= size >> Int64(Self.height * level) }

  /// Where it is served below the log's address: `tile/0/x001/x234/067.p/5`.
  package var path: String { "tile/\(level)/\(Self.spell(index))\(partial)" }

  /// Where the entries whose hashes it holds are served. Only a tile of level 0 has them.
  package var entriesPath: String? { level == 0 ? "tile/entries/\(Self.spell(index))\(partial)" : nil }

  private var partial: String { isFull ? "" : ".p/\(width)" }

  /// Reads the one spelling of a tile's path, of hashes or of entries.
  package init?(path: some StringProtocol) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard parts.popFirst() == "tile", let kind = parts.popFirst() else { return nil }
    guard let level = kind == "entries" ? 0 : Decimal64.parse(kind) else { return nil }
    var width = Self.fullWidth
    if parts.count >= 2, let end = parts.dropLast().last, end.hasSuffix(".p"), let text = parts.last {
      guard let partial = Decimal64.parse(text), (1..<Int64(Self.fullWidth)).contains(partial) else { return nil }
      width = Int(partial)
      parts = parts.dropLast(2) + [end.dropLast(2)]
    }
    guard level <= 7, let index = Self.index(parts.map { String($0) }) else { return nil }
    self.init(level: Int(level), index: index, width: width)
  }

  /// Three digits a path element, all but the last after an `x`.
  private static func spell(_ index: Int64) -> String {
    func digits(_ value: Int64) -> String { String(String(value + 1000).dropFirst()) }
    var text = digits(index % 1000)
    var rest = index / 1000
    while rest > 0 {
      text = "x\(digits(rest % 1000))/\(text)"
      rest /= 1000
    }
    return text
  }

  private static func index(_ elements: [String]) -> Int64? {
    var index: Int64 = 0
    for element in elements {
      let digits = element.utf8.suffix(3)
      guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      for digit in digits {
        let (shifted, overflows) = index.multipliedReportingOverflow(by: 10)
        let (sum, carries) = shifted.addingReportingOverflow(Int64(digit - 0x30))
        guard !overflows, !carries else { return nil }
        index = sum
      }
    }
    return spell(index) == elements.joined(separator: "/") ? index : nil
  }

  /// The tiles that a tree of `new` leaves has and one of `old` has not, level by level, left to right. Write them before a checkpoint of
  /// that size is published.
  package static func added(from old: Int64, to new: Int64) -> [TileCoordinate] {
    guard old >= 0, old < new else { return [] }
    var tiles: [TileCoordinate] = []
    for level in 0..<8 {
      let (before, after) = (old >> Int64(height * level), new >> Int64(height * level))
      guard after > 0 else { break }
      guard before < after else { continue }
      for index in before / Int64(fullWidth)...(after - 1) / Int64(fullWidth) {
        let width = min(after - index * Int64(fullWidth), Int64(fullWidth))
        tiles.append(TileCoordinate(valid: level, index, Int(width)))
      }
    }
    return tiles
  }

  /// The tile of a tree of `size` leaves that a subtree's hash is read from, and which of its hashes fold into it; nil when the tree has
  /// no such subtree.
  package static func holding(_ node: MerkleNode, size: Int64) -> (tile: TileCoordinate, hashes: Range<Int>)? {
    guard node.level >= 0, node.level < 63, node.index >= 0, node.leaves.upperBound <= size else { return nil }
    let level = node.level / height
    let below = Int64(node.level % height)
    let first = node.index << below
    let index = first / Int64(fullWidth)
    let width = min((size >> Int64(height * level)) - index * Int64(fullWidth), Int64(fullWidth))
    guard let tile = TileCoordinate(level: level, index: index, width: Int(width)) else { return nil }
    let start = Int(first % Int64(fullWidth))
    return (tile, start..<start + 1 << Int(below))
  }
}
