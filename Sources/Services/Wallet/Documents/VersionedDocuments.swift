internal import Postgres

/// A few versions of one brand's documents of one kind. More than one, because two batches may cross while a version is activated.
struct VersionedDocuments<Document: Sendable>: Sendable {
  private static var countMax: Int { 8 }

  private var documents: [Int64: Document] = [:]
  private(set) var latest: Int64 = 0

  mutating func document(of version: Int64, sent: Document?) throws(PostgresError) -> Document {
    if let sent {
      if documents.count == Self.countMax { documents = documents.filter { $0.key == latest } }
      documents[version] = sent
      latest = version
      return sent
    }
    guard let document = documents[version] else {
      throw PostgresError(.decoding, "version \(version) of a document is neither known nor sent", operation: "read the wallet")
    }
    return document
  }
}
