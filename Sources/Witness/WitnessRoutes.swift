internal import Contracts
internal import Evidence
internal import HTTPTypes
internal import Kernel
package import Platform

/// A witness over HTTP, as tlog-witness has it.
package struct WitnessRoutes: Sendable {
  private static let noteType = "text/plain; charset=utf-8"

  private let witness: Witness

  package init(_ witness: Witness) { self.witness = witness }

  package var endpoints: [Endpoint] { [add, last] }

  private var add: Endpoint {
    Endpoint(
      rawBody: "/add-checkpoint", .text(max: Limits.bodyBytesMax), id: "addCheckpoint",
      summary: "Cosigns a checkpoint that continues the last one of its log", access: .open, reply: .other(contentType: Self.noteType),
      refusals: [.logUnknown, .logSignatureInvalid, .checkpointInconsistent, .witnessStateLost, .rateLimited]
    ) { [witness] request in
      do throws(WitnessRefusal) {
        return Self.note(try await witness.add(request.body))
      } catch {
        guard let problem = error.problem else { return Self.size(error) }
        throw problem
      }
    }
  }

  private var last: Endpoint {
    Endpoint(
      .get, "/{origin_hash}/checkpoint", id: "readCheckpoint", summary: "The last checkpoint of a log that was cosigned", access: .open,
      parameters: [.path("origin_hash", .string(length: 64...64), "SHA-256 of the log's origin, in lower-case hexadecimal.")],
      reply: .other(contentType: Self.noteType)
    ) { [witness] request in
      guard let signed = witness.state.last(ofHash: request.argument("origin_hash") ?? "") else { throw Problem(.notFound) }
      return Self.note(signed.bytes)
    }
  }

  private static func note(_ bytes: [UInt8]) -> Reply {
    Reply(status: .ok, headers: [.contentType: noteType], body: bytes)
  }

  private static func size(_ refusal: WitnessRefusal) -> Reply {
    guard case .conflict(let size) = refusal else { return Reply(status: .conflict) }
    return .text("\(size)\n", contentType: "text/x.tlog.size", status: .conflict)
  }
}
