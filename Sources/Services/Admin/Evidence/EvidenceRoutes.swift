internal import Audit
internal import Contracts
internal import Evidence
internal import HTTPTypes
internal import Kernel
internal import Platform
internal import Postgres
internal import Security

/// The brand's signed logs, for its operators: entries, checkpoints and receipts that `cordon-verify` judges without us (S4-EXP-01…03).
///
/// Each brand counts its own entries, so that another brand's is one that this brand hasn't. Nothing of it may stand in a cache.
struct EvidenceRoutes: Sendable {
  private static let noteType = "text/plain; charset=utf-8"

  private let logs: [Ledger: LogReads]
  private let scope: BrandScope
  private let cursors: PageCursor
  private let ledger: Parameter

  init(_ sources: [any LedgerSource], database: Database, policy: TrustPolicy?, scope: BrandScope, cursors: PageCursor) {
    logs = Dictionary(sources.map { ($0.ledger, LogReads($0, database: database, policy: policy)) }) { first, _ in first }
    self.scope = scope
    self.cursors = cursors
    ledger = .path("ledger", .choice(sources.map(\.ledger.rawValue).sorted()), "The ledger's name.")
  }

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/admin/evidence/{ledger}/entries", id: "listEvidence",
        summary: "Exports the signed entries of a ledger of the brand, oldest first, with the head that they are signed under",
        access: .operatorRead,
        parameters: [ledger, BrandScope.parameter] + Lists.parameters, reply: .json(EvidencePage.self),
        refusals: [.brandRequired, .receiptMissing], handle: list),
      Endpoint(
        .get, "/v1/admin/evidence/{ledger}/checkpoint", id: "readEvidenceCheckpoint",
        summary: "The last signed checkpoint of a ledger of the brand",
        access: .operatorRead, parameters: [ledger, BrandScope.parameter], reply: .other(contentType: Self.noteType),
        refusals: [.brandRequired, .receiptMissing]
      ) { request in
        let brand = try await scope.brand(of: request)
        return Self.note(try await reads(request).checkpoint(of: brand.id))
      },
      Endpoint(
        .get, "/v1/admin/evidence/{ledger}/receipts/{seq}", id: "readEvidenceReceipt",
        summary: "The receipt of an entry of a ledger of the brand",
        access: .operatorRead, parameters: [ledger, .path("seq", .identifier, "The entry's number."), BrandScope.parameter],
        reply: .other(contentType: Self.noteType), refusals: [.brandRequired, .receiptMissing]
      ) { request in
        let brand = try await scope.brand(of: request)
        return Self.note(try await reads(request).receipt(of: request.integer("seq") ?? 0, brand: brand.id))
      },
    ]
  }

  /// Every page of an export is under the checkpoint of its first page.
  @Sendable private func list(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    let reads = try self.reads(request)
    let list = "evidence/\(request.argument("ledger") ?? "")/\(brand.id)"
    let (size, last) = try position(of: request, list)
    let page = try await reads.page(of: brand.id, after: last, limit: request.pageSize, under: size)
    let cursor = page.following.map { cursors.encode(position: "\(page.size)/\($0)", scope: list) }
    let body = try EvidencePage(page, request.argument("ledger") ?? "", of: brand.id, next: cursor)
    return .document(body).with("cache-control", "no-store")
  }

  private func position(of request: EndpointRequest, _ list: String) throws(Problem) -> (size: Int64?, last: Int64) {
    guard let cursor = request.argument("cursor") else { return (nil, 0) }
    let parts = try cursors.decode(cursor, scope: list).split(separator: "/").compactMap { Int64($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : (nil, 0)
  }

  private func reads(_ request: EndpointRequest) throws(Problem) -> LogReads {
    guard let ledger = request.argument("ledger").flatMap(Ledger.init(rawValue:)), let reads = logs[ledger] else {
      throw Problem(.notFound)
    }
    return reads
  }

  private static func note(_ bytes: [UInt8]) -> Reply {
    Reply(status: .ok, headers: [.contentType: noteType, .cacheControl: "no-store"], body: bytes)
  }
}
