internal import Kernel

/// For every operation of every role: who of one brand asks it for the other brand's things, and in which places.
///
/// A new route needs a row here, in the extension of its role; without one `cordon audit isolation` fails.
struct IsolationTable: Sendable {
  let rows: [IsolationRow]

  static let cordon = IsolationTable(
    rows: [ServiceRole.gateway, .playerService, .walletService, .walletWorker, .gameService, .adminService].flatMap(platform)
      // First the receipts: what the asking brand does later brings its own numbers up to the owner's.
      + [receipt, evidenceReceipt] + gateway + signedLogs + player + wallet + game + admin)

  /// The operations that are asked with a key of that kind, where a used one counts: each needs a key of its own.
  static func keyed(_ thing: IsolationThing) -> [String] {
    cordon.rows.filter { row in
      row.ask?.probes.contains { $0.thing == thing && $0.place.part != .query } ?? false
    }.map { "\($0.role.rawValue) \($0.operation)" }
  }

  /// What every role has besides its own operations.
  private static func platform(_ role: ServiceRole) -> [IsolationRow] {
    let probes = ["health", "healthz", "livez", "ready", "readyz"].map { ($0, "the process and its checks, no brand's data") }
    let pages = ["docs", "redoc", "openapi"].map { ($0, "the role's own description") }
    let metrics = [("metrics", "counts of the whole process, with the brands' public codes")]
    return (probes + pages + metrics).map { IsolationRow.platformWide(role, $0.0, .visitor, $0.1) }
  }
}
