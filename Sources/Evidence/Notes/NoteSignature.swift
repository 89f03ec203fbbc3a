internal import Kernel

/// One signature line of a note.
package struct NoteSignature: Hashable, Sendable {
  static let timeByteCount = 8

  package let name: KeyName
  package let keyID: UInt32
  /// What the key's algorithm made: 64 bytes of Ed25519, after 8 bytes of time in a cosignature.
  package let bytes: [UInt8]

  package init(name: KeyName, keyID: UInt32, bytes: [UInt8]) {
    self.name = name
    self.keyID = keyID
    self.bytes = bytes
  }

  /// Reads a line without its line feed.
  init(line: String) throws(NoteFault) {
    guard line.utf8.starts(with: Self.mark.utf8) else { throw NoteFault("a signature line begins with an em dash and a space") }
    let parts = line.unicodeScalars.dropFirst(2).split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let name = KeyName(String(parts[0])) else { throw NoteFault("a signature line is name and signature") }
    guard let bytes = Base64.decode(String(parts[1])), bytes.count > 4 else { throw NoteFault("the signature of \(name) isn't base64") }
    self.init(name: name, keyID: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }, bytes: Array(bytes.dropFirst(4)))
  }

  private static let mark = "\u{2014} "

  /// Whose it says it is: name and id, together in bytes.
  var signer: [UInt8] { name.utf8 + withUnsafeBytes(of: keyID.bigEndian) { Array($0) } }

  /// The line with its line feed.
  var line: String {
    let id = withUnsafeBytes(of: keyID.bigEndian) { Array($0) }
    return "\(Self.mark)\(name) \(Base64.encode(id + bytes))\n"
  }

  /// When a cosignature was made, in seconds since 1970; nil where the bytes aren't those of one.
  package var cosignedSeconds: Int64? {
    guard bytes.count == Self.timeByteCount + 64 else { return nil }
    let time = bytes.prefix(Self.timeByteCount).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int64(exactly: time)
  }

  /// What a cosigner signs.
  static func cosigned(_ text: [UInt8], at seconds: Int64) -> [UInt8] { Array("cosignature/v1\ntime \(seconds)\n".utf8) + text }
}
