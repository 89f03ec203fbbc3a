package import Audit
internal import Contracts
internal import Evidence
internal import HTTPTypes
internal import Kernel
package import Platform

/// The signed logs for everybody, under the address that their tiles have (`docs/formats/tiles.md`). Another brand's log is one that isn't there.
package struct WalletTileRoutes: Sendable {
  /// `x001/x234/067.p/5`: more than any log will need.
  private static let segmentsMax = 4
  private static let log = "/log/brand/{brand_id}/{ledger}"
  private static let logParameters: [Parameter] = [
    .path("brand_id", .identifier, "The brand of the host."), .path("ledger", .text(max: 64), "The ledger's name."),
  ]

  private let logs: LogServed

  package init(logs: LogServed) { self.logs = logs }

  package var endpoints: [Endpoint] { [checkpoint] + (1...Self.segmentsMax).map(tile) }

  private var checkpoint: Endpoint {
    Endpoint(
      .get, "\(Self.log)/checkpoint", id: "readPublicCheckpoint", summary: "The last signed checkpoint of a ledger of the brand",
      access: .visitor, parameters: Self.logParameters, reply: .other(contentType: "text/plain; charset=utf-8")
    ) { [logs] request in
      guard let note = try await logs.checkpoint(try Self.ledger(of: request), of: try request.brand()) else { throw Problem(.notFound) }
      return Reply(
        status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=5"], body: note)
    }
  }

  /// A tile whose index and width take so many segments of the path.
  private func tile(_ segments: Int) -> Endpoint {
    let names = (1...segments).map { "part_\($0)" }
    return Endpoint(
      .get, "\(Self.log)/tile/{level}/\(names.map { "{\($0)}" }.joined(separator: "/"))", id: "readTile\(segments)",
      summary: "A tile of hashes of a ledger's tree (tlog-tiles)", access: .visitor,
      parameters: Self.logParameters + [.path("level", .integer(0...7), "The tile's level.")]
        + names.map { .path($0, .text(max: 6), "Part of the tile's index, or its width.") },
      reply: .other(contentType: "application/octet-stream")
    ) { [logs] request in
      let parts = (["tile", request.argument("level") ?? ""] + names.map { request.argument($0) ?? "" }).joined(separator: "/")
      guard let coordinate = TileCoordinate(path: parts), coordinate.path == parts else { throw Problem(.notFound) }
      guard let bytes = try await logs.tile(coordinate, try Self.ledger(of: request), of: try request.brand()) else {
        throw Problem(.notFound)
      }
      // Neither changes; a partial tile is soon no longer asked for.
      let age = coordinate.isFull ? 31_536_000 : 3600
      return Reply(
        status: .ok, headers: [.contentType: "application/octet-stream", .cacheControl: "public, max-age=\(age), immutable"], body: bytes)
    }
  }

  private static func ledger(of request: EndpointRequest) throws(Problem) -> Ledger {
    let ledger = request.argument("ledger").flatMap(Ledger.init(rawValue:))
    guard let ledger, request.argument("brand_id") == (try request.brand()).description else { throw Problem(.notFound) }
    return ledger
  }
}
