/// A connection while somebody has it.
struct ConnectionLease: Sendable {
  let connection: Connection
  /// It was used before, so that it may have died since.
  let isReused: Bool
}
