internal import Kernel

/// A tree's head as it is signed (C2SP tlog-checkpoint): which log, how many leaves, which root.
package struct Checkpoint: Hashable, Sendable {
  package let origin: KeyName
  package let size: Int64
  package let root: MerkleHash
  /// Lines that another log's checkpoint may have. Cordon writes none.
  package let extensions: [String]

  package init(origin: KeyName, size: Int64, root: MerkleHash) { self.init(origin, size, root, []) }

  private init(_ origin: KeyName, _ size: Int64, _ root: MerkleHash, _ extensions: [String]) {
    self.origin = origin
    self.size = size
    self.root = root
    self.extensions = extensions
  }

  /// Reads a note's text.
  package init(text: [UInt8]) throws(NoteFault) {
    try self.init(unjudged: text)
    guard isPossible else { throw NoteFault("the empty tree has another root") }
  }

  /// Reads a note's text although no tree may have such a head (``isPossible``): for those who must say so in other words.
  package init(unjudged text: [UInt8]) throws(NoteFault) {
    var lines = try TextLines(text, of: "the checkpoint")
    guard let origin = KeyName(try lines.next("origin")) else { throw NoteFault("the checkpoint's origin isn't a key's name") }
    guard let size = Decimal64.parse(try lines.next("size")) else { throw NoteFault("the checkpoint's size isn't a number") }
    guard let root = MerkleHash(base64: try lines.next("root")) else { throw NoteFault("the checkpoint's root isn't 32 bytes of base64") }
    let extensions = lines.remaining()
    guard extensions.allSatisfy({ !$0.isEmpty }) else { throw NoteFault("the checkpoint has an empty line") }
    self.init(origin, size, root, extensions)
  }

  /// Whether a tree may have this head: the empty one has one root.
  package var isPossible: Bool { size > 0 || root == MerkleTree.emptyRoot }

  /// The note's text.
  package var text: [UInt8] {
    Array("\(origin)\n\(size)\n\(root.base64)\n".utf8) + extensions.flatMap { Array("\($0)\n".utf8) }
  }
}
