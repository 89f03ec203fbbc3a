extension NoteSignature {
  /// Reads signature lines, one after another, each with its line feed: what ends a note, and what a witness answers.
  package static func list(_ bytes: [UInt8]) throws(NoteFault) -> [NoteSignature] {
    guard bytes.last == UInt8(ascii: "\n"), SignedNote.isPlain(bytes), let text = String(validating: bytes, as: UTF8.self) else {
      throw NoteFault("the signatures aren't lines of UTF-8")
    }
    var signatures: [NoteSignature] = []
    for line in text.unicodeScalars.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      signatures.append(try NoteSignature(line: String(line)))
    }
    return signatures
  }

  package static func lines(_ signatures: [NoteSignature]) -> [UInt8] { signatures.flatMap { Array($0.line.utf8) } }
}
