package import Kernel
internal import Platform

/// A statement that a person stands for: who, when, what, and the hash of the evidence that was there.
package struct GateRecord: Hashable, Sendable {
  package let name: String
  package let statement: String
  package let operatorID: String
  package let at: Timestamp
  /// The build it was stated of.
  package let commit: String
  package let evidenceSHA256: String

  package init(name: String, statement: String, operatorID: String, at: Timestamp, commit: String, evidenceSHA256: String) {
    self.name = name
    self.statement = statement
    self.operatorID = operatorID
    self.at = at
    self.commit = commit
    self.evidenceSHA256 = evidenceSHA256
  }

  var json: JSONValue {
    [
      "name": .string(name), "statement": .string(statement), "operator_id": .string(operatorID),
      "at_microseconds": .integer(at.microseconds), "commit": .string(commit), "evidence_sha256": .string(evidenceSHA256),
    ]
  }

  /// The record's bytes, as its file holds them and its hash covers them.
  var bytes: [UInt8] { Array(JSONWriter.text(of: json).utf8) }

  /// Nil for anything that this type did not write.
  init?(bytes: [UInt8]) {
    guard let value = try? JSONDocument.parse(bytes), let name = value["name"]?.text, let statement = value["statement"]?.text,
      let operatorID = value["operator_id"]?.text, case .number(let digits)? = value["at_microseconds"],
      let microseconds = Decimal64.parse(digits), let commit = value["commit"]?.text, let hash = value["evidence_sha256"]?.text
    else { return nil }
    self.init(
      name: name, statement: statement, operatorID: operatorID, at: Timestamp(microseconds: microseconds), commit: commit,
      evidenceSHA256: hash)
  }
}
