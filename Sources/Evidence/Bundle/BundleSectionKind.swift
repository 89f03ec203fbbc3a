/// What a section of a bundle is, and how long it may be.
package enum BundleSectionKind: UInt8, Sendable {
  case manifest = 0x4D
  case keys = 0x4B
  case log = 0x4C
  case checkpoint = 0x43
  case earlier = 0x50
  case consistency = 0x48
  case tile = 0x54
  case inclusion = 0x49
  case entry = 0x45
  case seal = 0x53

  package var bytesMax: Int {
    switch self {
    case .manifest, .log: 1024
    case .keys: KeyHistory.bytesMax
    case .checkpoint, .earlier, .seal: SignedNote.bytesMax
    case .consistency: 4096
    case .tile: TileCoordinate.fullWidth * MerkleHash.byteCount
    case .inclusion: 2048
    case .entry: EntryBundle.entryBytesMax
    }
  }
}
