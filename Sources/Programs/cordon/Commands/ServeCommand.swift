internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon serve ROLE…`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Run roles in this process until SIGTERM or SIGINT.",
    discussion: """
      Every role has its own port, health, metrics and configuration, in one process or in many. \
      `cordon config check ROLE…` says beforehand whether the roles would start.
      """)

  @OptionGroup var roles: RoleArguments
  @OptionGroup var configuration: ConfigurationOptions

  func run() async throws {
    let roles = try roles.roles()
    guard !roles.isEmpty else { throw CommandFailure(.usage, "name at least one role") }
    let flags = try configuration.flags()
    let reread = { @Sendable in try ConfigurationLoader.load(roles: roles, flags: flags) }
    try await CordonProcess(roles: roles, parts: ProcessParts(configuration: try reread(), reread: reread, build: .current)).run()
  }
}
