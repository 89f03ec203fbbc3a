internal import Kernel
internal import Platform
internal import Security
internal import ServiceLifecycle

/// Puts roles together from the configuration. The one place that knows every service.
struct RoleFactory: Sendable {
  let process: ProcessParts
  let listening: ListeningPorts

  /// The roles that this release has; the others are refused by name.
  static let available: [ServiceRole] = [
    .gateway, .playerService, .walletService, .walletWorker, .gameService, .adminService,
  ]

  func parts(of role: ServiceRole) throws -> RoleParts {
    let foundation = try RoleFoundation(role, process: process)
    switch role {
    case .gateway: return try gateway(foundation)
    case .playerService: return try playerService(foundation)
    case .walletService: return try walletService(foundation)
    case .walletWorker: return try walletWorker(foundation)
    case .gameService: return try gameService(foundation)
    case .adminService: return try adminService(foundation)
    case .rollingService, .rollingWorker, .promotionService, .promotionWorker, .agentService, .agentWorker, .adminWorker,
      .reconService, .reconWorker, .realtime:
      throw StartRefused("\(role.rawValue) is not part of this release; it has: \(Self.available.map(\.rawValue).joined(separator: ", "))")
    }
  }

  /// A role made of a foundation, its own background work, and endpoints on its port.
  func parts(
    _ foundation: RoleFoundation, work: [any Service] = [], endpoints: [Endpoint], requestGuard: any RequestGuard,
    checks: [ReadinessCheck] = [], acceptedKeyIDs: @escaping @Sendable () -> [String] = { [] },
    warnings: @escaping @Sendable () -> [String] = { [] }, prime: @escaping @Sendable () async throws -> Void = {}
  ) -> RoleParts {
    let role = foundation.context.role
    let server = RoleServer(
      context: foundation.context, endpoints: endpoints, requestGuard: requestGuard, checks: foundation.checks + checks,
      acceptedKeyIDs: acceptedKeyIDs, warnings: warnings, inFlight: process.inFlight,
      onListening: { [listening] in listening.opened(role, on: $0) })
    return RoleParts(
      role: role, context: foundation.context, services: foundation.services + work + [server],
      beforeStart: {
        try await foundation.beforeStart()
        try await prime()
      })
  }

  /// The check of S4-READY-05: fails only where signing is required.
  func signingCheck(_ foundation: RoleFoundation, _ material: String, isPresent: Bool) -> ReadinessCheck {
    let isRequired = foundation.context.configuration.flag(Settings.signingRequired)
    return ReadinessCheck("signing") { isPresent || !isRequired ? .passed : .failed("\(material) is not configured") }
  }

  /// A client of another role, signing its brand-scoped writes where the caller is one that signs.
  func client(of target: ServiceRole, for foundation: RoleFoundation) -> InternalClient? {
    let configuration = foundation.context.configuration
    guard let caller = foundation.context.role.caller, let url = configuration.text(Settings.url(of: target)) else { return nil }
    let signer = BrandSigner(keys: configuration.brandSignatureKeys).map { BrandRequestSigner(signer: $0) }
    return InternalClient(
      http: process.http, caller: caller, target: target, baseURL: url,
      token: configuration.text(Settings.token(of: caller)) ?? configuration.text(Settings.sharedInternalToken),
      signer: CallerLabel.signers.contains(caller) ? signer : nil, metrics: foundation.context.metrics)
  }
}
