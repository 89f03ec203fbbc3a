internal import Evidence
internal import Kernel
internal import Postgres

extension SigningStand {
  static let pauseQuery: SQL =
    "SELECT until FROM evidence.signing_pause ORDER BY pause_id DESC LIMIT 1"

  static func keysQuery(_ operatorName: OperatorName) -> SQL {
    """
    SELECT public_key, valid_from FROM evidence.signing_key WHERE operator_name = \("\(operatorName)") ORDER BY number
    """
  }

  init(keys rows: Rows, pause: Rows) throws(PostgresError) {
    var keys: [Key] = []
    for row in rows { keys.append(Key(publicKey: try row.get("public_key"), from: try row.get("valid_from"))) }
    self.init(keys: keys, pausedUntil: try Self.until(pause))
  }

  /// The last row is a pause, or ended one.
  static func until(_ rows: Rows) throws(PostgresError) -> Timestamp? {
    guard let row = rows.first else { return nil }
    return try row.getOptional("until")
  }
}
