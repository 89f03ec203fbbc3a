import Testing

/// Tests that need a stack which somebody else started (S0-E2E-05).
enum RunningStackGate {
  static let variable = "LOCAL_DOCKER_E2E"

  static func isOpen(_ environment: [String: String]) -> Bool { environment[variable] == "1" }
}

extension Tag {
  /// The runbooks' marker `local_docker_e2e`.
  @Tag static var localDockerE2E: Tag
}
