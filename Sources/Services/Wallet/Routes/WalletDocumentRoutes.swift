internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform
internal import Security

/// The life of a brand's topology or policy, for the admin role: `/internal/wallet/topology/versions/…`, `/internal/wallet/policy/versions/…`.
struct WalletDocumentRoutes<Shape: JSONSchemaProviding>: Sendable {
  private let documents: WalletDocuments
  private let cursors: PageCursor

  init(_ documents: WalletDocuments, shape: Shape.Type, cursors: PageCursor) {
    self.documents = documents
    self.cursors = cursors
  }

  var endpoints: [Endpoint] { reads + [draft, discard, activate] }

  private static var version: Parameter { .path("version", .identifier, "The version.") }
  private var kind: WalletDocumentKind { documents.kind }
  private var name: String { kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst() }
  private var path: String { "/internal/wallet/\(kind.rawValue)/versions" }

  private var reads: [Endpoint] {
    [
      read(
        "", "list\(name)Versions", "The brand's versions of the \(kind.rawValue), newest first", WalletReads.pageParameters,
        WalletDocumentList.self
      ) {
        routes, request in try await routes.list(request)
      },
      read("/{version}", "read\(name)Version", "One version with its document", [Self.version], WalletDocumentVersion.self) {
        routes, request in
        Self.reply(try await routes.documents.version(try Self.number(request), of: try request.brand()).json)
      },
      read(
        "/{version}/diff", "diff\(name)Versions", "What a version has that another has not",
        [Self.version, .query("from", .identifier, "The version to compare with, the active one unless it is said.")],
        WalletDocumentDifference.self, [kind.missing]
      ) { routes, request in
        Self.reply(
          try await routes.documents.difference(from: request.integer("from"), to: try Self.number(request), of: try request.brand()).json)
      },
      read(
        "/{version}/check", "check\(name)Version", "What activating a version would do to the money that is there; changes nothing",
        [Self.version, .query("rows_max", .integer(1...WalletDocuments.scanRowsMax), "Balances to look at, a million unless it is said.")],
        WalletDocumentCheck.self
      ) { routes, request in
        let rowsMax = request.integer("rows_max") ?? WalletDocuments.scanRowsDefault
        return Self.reply(try await routes.documents.check(try Self.number(request), of: try request.brand(), rowsMax: rowsMax).json)
      },
    ]
  }

  private func read<Answer: JSONSchemaProviding>(
    _ tail: String, _ id: String, _ summary: String, _ parameters: [Parameter], _ answer: Answer.Type, _ refusals: [ProblemReason] = [],
    handle: @escaping @Sendable (Self, EndpointRequest) async throws -> Reply
  ) -> Endpoint {
    Endpoint(
      .get, path + tail, id: id, summary: summary, access: .internalCall(brand: .required), parameters: parameters, reply: .json(answer),
      refusals: [.forbidden, .notFound] + refusals
    ) { request in
      try Self.requireAdmin(request)
      return try await handle(self, request)
    }
  }

  private var draft: Endpoint {
    Endpoint(
      .post, path, id: "draft\(name)Version", summary: "Writes a version as a draft; audited", access: .internalCall(brand: .required),
      body: WalletDocumentDraftBody<Shape>.self, reply: .json(WalletDocumentVersion.self, status: .created),
      refusals: [.forbidden, .notFound, .documentVersionConflict]
    ) { [documents] request, body in
      try Self.requireAdmin(request)
      if let refusal = WalletDocumentRules.refusal(ofNew: body.document, documents.kind) { throw Self.inBody(refusal) }
      let act = WalletDocumentAct(operatorID: body.operatorID, reason: body.reason, requestID: request.requestID)
      let written = try await documents.draft(body.document, of: try request.brand(), by: act).version
      guard let written else { throw Problem(.internalError) }
      return Self.reply(written.json, status: .created)
    }
  }

  private var discard: Endpoint {
    Endpoint(
      .post, path + "/{version}/discard", id: "discard\(name)Version", summary: "Retires a draft that nobody wants; audited",
      access: .internalCall(brand: .required), parameters: [Self.version], body: WalletDocumentActBody.self,
      reply: .json(WalletDocumentVersion.self), refusals: [.forbidden, .notFound, .documentClosed, .documentVersionConflict]
    ) { [documents] request, body in
      try Self.requireAdmin(request)
      let act = WalletDocumentAct(operatorID: body.operatorID, reason: body.reason, requestID: request.requestID)
      return Self.reply(try await documents.discard(try Self.number(request), of: try request.brand(), by: act).json)
    }
  }

  private var activate: Endpoint {
    Endpoint(
      .post, path + "/{version}/activate", id: "activate\(name)Version",
      summary: "Retires the active version and activates this one, or with copy a new version of the same document; audited",
      access: .internalCall(brand: .required), parameters: [Self.version], body: WalletDocumentActivationBody.self,
      reply: .json(WalletDocumentActivated.self),
      refusals: [.forbidden, .notFound, .documentClosed, .documentVersionConflict, .activationRefused]
    ) { [documents] request, body in
      try Self.requireAdmin(request)
      let act = WalletDocumentAct(operatorID: body.operatorID, reason: body.reason, requestID: request.requestID)
      let asked = WalletDocumentActivation(
        version: try Self.number(request), expectedActive: body.expectedActive == 0 ? nil : body.expectedActive, copies: body.copy ?? false)
      return Self.reply(try await documents.activate(asked, of: try request.brand(), by: act).json)
    }
  }

  private func list(_ request: EndpointRequest) async throws -> Reply {
    let brand = try request.brand()
    let (scope, limit) = ("\(request.route) \(brand)", request.pageSize)
    let before = try request.argument("cursor").map { cursor throws(Problem) in try cursors.decode(cursor, scope: scope) }
      .flatMap { Decimal64.parse($0) }
    let rows = try await documents.versions(of: brand, before: before, limit: limit + 1)
    let shown = Array(rows.prefix(limit))
    let next = rows.count > limit ? shown.last.map { cursors.encode(position: String($0.version), scope: scope) } : nil
    return Self.reply(WalletDocumentList(shown, nextCursor: next).json)
  }

  // MARK: Parts

  /// Operators are known to the admin role alone, so nobody else may say who one is.
  private static func requireAdmin(_ request: EndpointRequest) throws(Problem) {
    guard request.identity.caller == .admin else { throw Problem(.forbidden, detail: "Only the admin role handles wallet documents") }
  }

  private static func number(_ request: EndpointRequest) throws(Problem) -> Int64 {
    guard let number = request.integer("version") else { throw Problem(.notFound) }
    return number
  }

  /// Faults are told as places in the body, where the document is a member.
  private static func inBody(_ problem: Problem) -> Problem {
    Problem(
      problem.reason, detail: problem.detail,
      faults: problem.faults.map { .init(pointer: "/document" + $0.pointer, detail: $0.detail) })
  }

  private static func reply(_ json: JSONValue, status: HTTPResponse.Status = .ok) -> Reply {
    .jsonBytes(Array(JSONWriter.text(of: json).utf8), status: status)
  }
}
