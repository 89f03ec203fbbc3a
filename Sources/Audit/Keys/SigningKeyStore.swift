package import Evidence
package import Kernel
package import Postgres

/// The SQL of the public key history. Rows are added and never changed (S4-KEY-03).
package enum SigningKeyStore {
  /// A key, as its row says.
  package struct Kept: Hashable, Sendable {
    package let number: Int64
    package let publicKey: [UInt8]
    package let record: [UInt8]
    package let from: Timestamp
    package let approval: String?
  }

  package static func all(_ operatorName: OperatorName, _ transaction: PlatformTransaction) async throws(PostgresError) -> [Kept] {
    let rows = try await transaction.query(
      """
      SELECT number, public_key, record, valid_from, approval FROM evidence.signing_key
      WHERE operator_name = \("\(operatorName)") ORDER BY number
      """)
    var found: [Kept] = []
    for row in rows {
      found.append(
        Kept(
          number: try row.get("number"), publicKey: try row.get("public_key"), record: try row.get("record"),
          from: try row.get("valid_from"), approval: try row.getOptional("approval")))
    }
    return found
  }

  /// Adds what the database doesn't know of the history. - Returns: the records that were added.
  ///
  /// - Throws: ``LogRefusal`` where the database knows another one: nothing may sign before somebody has looked (S4-RST-08).
  @discardableResult
  package static func register(_ history: KeyHistory, _ transaction: PlatformTransaction) async throws -> [KeyRecord] {
    try await transaction.execute(
      "SELECT pg_advisory_xact_lock(hashtextextended(\("signing-key:\(history.operatorName)"), 0))")
    let kept = try await all(history.operatorName, transaction)
    for (known, record) in zip(kept, history.records) where known.record != record.note.bytes {
      throw LogRefusal(.keyUnknown, "record \(known.number) of the key's history is not the one that the database has")
    }
    let added = Array(history.records.dropFirst(kept.count))
    for record in added {
      try await transaction.execute(
        """
        INSERT INTO evidence.signing_key (operator_name, number, public_key, record, valid_from, approval)
        VALUES (\("\(history.operatorName)"), \(record.number), \(record.publicKey), \(record.note.bytes), \(record.from), \(record.approval))
        """)
    }
    return added
  }
}
