package import Kernel
internal import Platform

/// Asks services what they are: `/health` and `/metrics`, which none of them ever refuses.
package struct ServiceProbe: Sendable {
  /// A service that is well answers within milliseconds. One that is down must not hold up the look at the others.
  private static let patience: Duration = .seconds(3)

  private let client: StackClient

  package init(client: StackClient = StackClient()) { self.client = client }

  /// Asks all at once. Those that don't answer have no entry.
  package func states(of instances: [ServiceInstance]) async -> [ServiceInstance: ServiceState] {
    await withTaskGroup(of: (ServiceInstance, ServiceState?).self) { group in
      for instance in Set(instances) { group.addTask { (instance, await state(of: instance)) } }
      return await group.reduce(into: [:]) { states, answer in states[answer.0] = answer.1 }
    }
  }

  /// Nil when it doesn't answer as that service.
  package func state(of instance: ServiceInstance) async -> ServiceState? {
    guard let health = await health(of: instance),
      let metrics = try? await client.send("GET", "/metrics", at: instance.url, within: Self.patience), metrics.status == 200
    else { return nil }
    return ServiceState(instance.role, health: health, metrics: MetricsText(metrics.text), now: WallClock.system.now())
  }

  /// Nil when it doesn't say so.
  package func mode(of instance: ServiceInstance) async -> EnforcementMode? {
    guard let health = await health(of: instance), health.role == instance.role.processName else { return nil }
    return health.weakestMode
  }

  /// Asks all at once, and answers in their order.
  package func modes(of instances: [ServiceInstance]) async -> [(instance: ServiceInstance, mode: EnforcementMode?)] {
    let modes = await withTaskGroup(of: (ServiceInstance, EnforcementMode?).self) { group in
      for instance in Set(instances) { group.addTask { (instance, await mode(of: instance)) } }
      return await group.reduce(into: [:]) { modes, answer in modes[answer.0] = answer.1 }
    }
    return instances.map { ($0, modes[$0]) }
  }

  /// The key ids under which it accepts tokens; nil when it doesn't answer as that service.
  func acceptedKeys(of instance: ServiceInstance) async -> [String]? {
    guard let health = await health(of: instance), health.role == instance.role.processName else { return nil }
    return health.acceptedKeyIDs
  }

  private func health(of instance: ServiceInstance) async -> HealthBody? {
    guard let reply = try? await client.send("GET", "/health", at: instance.url, within: Self.patience), reply.status == 200 else {
      return nil
    }
    return try? reply.decode(HealthBody.self)
  }
}
