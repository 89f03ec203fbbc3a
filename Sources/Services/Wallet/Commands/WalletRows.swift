internal import Foundation
internal import Kernel
internal import Postgres

// Rows of the wallet's tables as the values that the rules know.

extension WalletBatchReading.Stored {
  init(row: Row) throws(PostgresError) {
    fingerprint = try row.get("fingerprint")
    answer = WalletAnswer(status: Int(try row.get("response_status", as: Int32.self)), body: try row.get("response_body"), isReplay: true)
  }
}

extension Bucket {
  init(row: Row) throws(PostgresError) {
    let name: String = try row.get("bucket")
    guard let bucket = Bucket(name) else { throw .unusable("bucket", name) }
    self = bucket
  }
}

extension WalletTransaction {
  init(row: Row) throws(PostgresError) {
    let kind: String = try row.get("kind")
    let state: String = try row.get("state")
    guard let kind = Kind(rawValue: kind) else { throw .unusable("kind", kind) }
    guard let state = State(rawValue: state) else { throw .unusable("state", state) }
    var parts: [BucketAmount] = []
    for (name, amount) in zip(try row.get("part_buckets", as: [String].self), try row.get("part_amounts", as: [Int64].self)) {
      guard let bucket = Bucket(name) else { throw .unusable("bucket", name) }
      parts.append(BucketAmount(bucket: bucket, amount: amount))
    }
    self.init(
      id: try row.get("transaction_id"), createdAt: try row.get("created_at"), kind: kind, state: state, amount: try row.get("amount"),
      settledAmount: try row.get("settled_amount"), provider: try row.getOptional("provider"), reference: try row.getOptional("reference"),
      round: try row.getOptional("round"), requirement: try row.getOptional("requirement"), parts: parts)
  }
}

extension WalletTopologyDocument {
  init(stored document: JSONText) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(document.text.utf8))
  }
}

extension WalletPolicy {
  init(stored document: JSONText) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(document.text.utf8))
    if let fault { throw fault }
  }
}

extension PostgresError {
  fileprivate static func unusable(_ column: String, _ value: String) -> PostgresError {
    PostgresError(.decoding, "'\(value)' is no \(column) that this version knows", operation: "read the wallet")
  }
}
