internal import Contracts
internal import Crypto
internal import HTTPTypes
internal import Kernel
internal import Platform
internal import Security

/// How each actor of a brand reaches a running stack.
struct IsolationDoors: Sendable {
  private static let triesMax = 20

  let stack: HarnessStack
  let identity: IsolationIdentity

  /// - Parameters:
  ///   - path: with its query.
  ///   - headers: what the request itself has; the actor's own are added.
  ///   - operatorToken: of the brand's operator.
  func send(
    _ actor: IsolationActor, of brand: DemoBrand, _ method: String, _ path: String, to role: ServiceRole, headers: [String: String] = [:],
    body: [UInt8]? = nil, operatorToken: String? = nil
  ) async throws -> StackReply {
    var all = own(actor, brand, role, operatorToken)
    if body != nil { all["content-type"] = actor == .provider(.bti) ? "application/x-www-form-urlencoded" : "application/json" }
    if let body { all.merge(try signed(actor, brand, body)) { $1 } }
    all.merge(headers) { $1 }
    if let caller = Self.caller(of: actor, at: role) { all.merge(proof(caller, brand, method, path, body ?? [])) { $1 } }
    return try await patiently(method, path, to: role, all, body)
  }

  /// A limit counts calls of one address, of which the audit makes many.
  private func patiently(
    _ method: String, _ path: String, to role: ServiceRole, _ headers: [String: String], _ body: [UInt8]?
  ) async throws -> StackReply {
    for _ in 1..<Self.triesMax {
      let reply = try await stack.client.send(method, path, at: stack.url(role), headers: headers, bytes: body)
      guard reply.status == 429 else { return reply }
      try await Task.sleep(for: .seconds(min(10, Int64(reply.headers["retry-after"] ?? "") ?? 1)))
    }
    return try await stack.client.send(method, path, at: stack.url(role), headers: headers, bytes: body)
  }

  // MARK: Who it is

  private func own(_ actor: IsolationActor, _ brand: DemoBrand, _ role: ServiceRole, _ operatorToken: String?) -> [String: String] {
    if let caller = Self.caller(of: actor, at: role) {
      return [
        HeaderNames.callerService: caller.rawValue, HeaderNames.internalServiceToken: identity.token(of: caller),
        HeaderNames.brandID: String(brand.id),
      ]
    }
    switch actor {
    case .operatorOfBrand:
      return ["authorization": "Bearer \(operatorToken ?? "")", HeaderNames.operatorID: IsolationIdentity.operatorID(of: brand)]
    case .provider: return [:]
    default: return ["host": brand.host]
    }
  }

  /// The part of the platform that speaks; nil for those outside.
  private static func caller(of actor: IsolationActor, at role: ServiceRole) -> CallerLabel? {
    switch actor {
    case .gateway: .gateway
    case .role: .admin
    case .payments: role == .gateway ? nil : .gateway
    case .visitor, .player, .operatorOfBrand, .provider: nil
    }
  }

  private func proof(_ caller: CallerLabel, _ brand: DemoBrand, _ method: String, _ path: String, _ body: [UInt8]) -> [String: String] {
    guard let signer = identity.signer, let id = BrandID(brand.id), let method = HTTPRequest.Method(method) else { return [:] }
    let call = OutboundCall(method: method, target: path, body: body, caller: caller, brand: id)
    return signer.headers(for: call).reduce(into: [:]) { $0[$1.name.canonicalName] = $1.value }
  }

  private func signed(_ actor: IsolationActor, _ brand: DemoBrand, _ body: [UInt8]) throws -> [String: String] {
    switch actor {
    case .provider(let provider):
      guard let key = identity.providerKeys[provider] else { return [:] }
      return [provider.signatureHeader: try key.signature(of: body)]
    case .payments:
      guard let secret = identity.paymentSecret(of: brand) else { return [:] }
      let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
      return [HeaderNames.plisioSignature: Hexadecimal.encode(code)]
    default: return [:]
    }
  }
}
