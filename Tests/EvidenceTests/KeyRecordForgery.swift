import Crypto
import Evidence
import Kernel

/// Records that the product would never write, made from text.
enum KeyRecordForgery {
  static func record(_ number: UInt8, after record: KeyRecord, signers: [SigningKey]) throws -> [UInt8] {
    let text = Array(
      """
      cordon-signing-key 1
      operator \(record.operatorName)
      number \(number)
      key \(Base64.encode(SignedNoteTests.fixedKey(number).publicKey))
      from \(record.from.seconds + 1000)
      previous \(Base64.encode(Array(SHA256.hash(data: record.note.text))))
      approval none

      """.utf8)
    guard let name = KeyName("\(record.operatorName)/keys") else { return [] }
    return try SignedNote(text: text, signatures: try signers.map { try $0.sign(text, as: name) }).bytes
  }
}
