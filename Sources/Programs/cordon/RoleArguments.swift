internal import ArgumentParser
internal import Kernel

/// Roles by their process names.
struct RoleArguments: ParsableArguments {
  @Argument(help: "Roles: \(ServiceRole.allCases.map(\.rawValue).joined(separator: ", ")).")
  var names: [String] = []

  func roles() throws -> [ServiceRole] {
    var roles: [ServiceRole] = []
    for name in names {
      guard let role = ServiceRole(rawValue: name) else { throw CommandFailure(.usage, "\(name) is not a role") }
      guard !roles.contains(role) else { throw CommandFailure(.usage, "\(name) is named twice") }
      roles.append(role)
    }
    return roles
  }
}
