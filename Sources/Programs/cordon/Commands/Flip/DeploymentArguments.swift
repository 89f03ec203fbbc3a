internal import ArgumentParser
internal import Composition
internal import Platform

/// Where the services of a deployment are.
struct DeploymentArguments: ParsableArguments {
  @Option(
    name: .customLong("instance"),
    help: "An instance, ROLE=URL; may be repeated. A role without one is looked for at CORDON_<ROLE>_URL.")
  var instances: [String] = []

  func operations(_ configuration: EffectiveConfiguration) throws -> FlipOperations {
    let named = try instances.map { text in
      guard let instance = ServiceInstance(argument: text), FlipOperations.services.contains(instance.role) else {
        throw CommandFailure(.usage, "--instance \(text): write ROLE=http://HOST:PORT with a role of this release")
      }
      return instance
    }
    return FlipOperations(configuration: configuration, named: named)
  }
}
