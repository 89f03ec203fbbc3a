internal import Crypto
package import Kernel

/// One signing key in the history: its number, since when it signs, and how the one before it named it.
package struct KeyRecord: Hashable, Sendable {
  /// Lines of the text, which is followed by an empty line and the signatures.
  static let textLines = 7

  package let operatorName: OperatorName
  /// From 1, without a gap.
  package let number: Int64
  package let publicKey: [UInt8]
  /// It signs nothing that is older. It signs until the next key's `from`.
  package let from: Timestamp
  /// SHA-256 of the text of the record before it; nil in the first.
  package let previous: MerkleHash?
  /// The approval that the rotation had; nil for none.
  package let approval: String?
  package let note: SignedNote

  /// The first key, which only vouches for itself.
  package init(first key: SigningKey, of operatorName: OperatorName, from: Timestamp, approval: String? = nil) throws(NoteFault) {
    let text = Self.text(operatorName, 1, key.publicKey, from, nil, approval)
    let note = try SignedNote(text: text, signatures: [try key.sign(text, as: try Self.name(operatorName))])
    try self.init(note: note, number: 1, previous: nil)
  }

  /// The key after `record`: signed by the key that it follows, and by itself.
  package init(_ key: SigningKey, after record: KeyRecord, signedBy current: SigningKey, from: Timestamp, approval: String?)
    throws(NoteFault)
  {
    let text = Self.text(record.operatorName, record.number + 1, key.publicKey, from, record.hash, approval)
    let name = try Self.name(record.operatorName)
    let note = try SignedNote(text: text, signatures: [try current.sign(text, as: name), try key.sign(text, as: name)])
    try self.init(note: note, number: record.number + 1, previous: record)
  }

  /// Reads and checks a record: its place, what it says of the one before it, and its signatures.
  init(note: SignedNote, number: Int64, previous: KeyRecord?) throws(NoteFault) {
    var lines = try TextLines(note.text, of: "the key's record")
    try lines.fixed("cordon-signing-key 1")
    guard let operatorName = OperatorName(try lines.value("operator")) else { throw NoteFault("operator isn't a name") }
    guard try lines.number("number") == number else { throw NoteFault("record \(number) has another number") }
    guard let publicKey = Base64.decode(try lines.value("key")), publicKey.count == 32 else {
      throw NoteFault("key \(number) isn't 32 bytes")
    }
    guard let from = Timestamp(checkingSeconds: try lines.number("from")) else { throw NoteFault("from of key \(number) is too late") }
    let link = try lines.value("previous")
    guard link.utf8.elementsEqual((previous?.hash.base64 ?? Self.none).utf8) else {
      throw NoteFault("record \(number) does not continue the one before it")
    }
    let approval = try lines.value("approval")
    guard Self.isWord(approval) else { throw NoteFault("approval of key \(number) isn't a word") }
    try lines.end()
    self.operatorName = operatorName
    self.number = number
    self.publicKey = publicKey
    self.from = from
    self.previous = previous?.hash
    self.approval = approval.utf8.elementsEqual(Self.none.utf8) ? nil : approval
    self.note = note
    try check(after: previous)
  }

  private func check(after previous: KeyRecord?) throws(NoteFault) {
    if let previous {
      guard previous.operatorName == operatorName else { throw NoteFault("key \(number) is another operator's") }
      guard previous.from < from else { throw NoteFault("key \(number) begins before the one before it") }
      guard previous.publicKey != publicKey else { throw NoteFault("key \(number) is the one before it") }
    }
    let signers = [previous?.publicKey, publicKey].compactMap { $0 }
    guard note.signatures.count == signers.count else { throw NoteFault("record \(number) has another number of signatures") }
    let name = try Self.name(operatorName)
    for (signature, signer) in zip(note.signatures, signers) {
      guard let key = VerifierKey(name: name, kind: .ed25519, publicKey: signer), key.verifies(signature, over: note.text) else {
        throw NoteFault("a signature of record \(number) is false")
      }
    }
  }

  /// SHA-256 of the key in hexadecimal.
  package var fingerprint: String { VerifierKey.fingerprint(of: publicKey) }

  /// SHA-256 of the text, which the next record names.
  package var hash: MerkleHash { MerkleHash(SHA256.hash(data: note.text)) }

  private static let none = "none"

  private static func name(_ operatorName: OperatorName) throws(NoteFault) -> KeyName {
    guard let name = operatorName.keysName else { throw NoteFault("the operator's name is too long") }
    return name
  }

  private static func isWord(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  private static func text(
    _ operatorName: OperatorName, _ number: Int64, _ publicKey: [UInt8], _ from: Timestamp, _ previous: MerkleHash?, _ approval: String?
  ) -> [UInt8] {
    Array(
      """
      cordon-signing-key 1
      operator \(operatorName)
      number \(number)
      key \(Base64.encode(publicKey))
      from \(from.seconds)
      previous \(previous?.base64 ?? none)
      approval \(approval ?? none)

      """.utf8)
  }
}
