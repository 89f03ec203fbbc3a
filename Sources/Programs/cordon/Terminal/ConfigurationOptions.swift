internal import ArgumentParser
internal import Kernel
internal import Platform

/// Where the settings come from: `--config` and `--set` here, then the environment, then the file, then the defaults.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: .customLong("config"), help: "A file of NAME=VALUE lines, read below the environment (CORDON_CONFIG_FILE).")
  var file: String?

  @Option(name: .customLong("set"), help: "A setting, NAME=VALUE, above the environment. Secrets belong in files (NAME_FILE).")
  var settings: [String] = []

  /// - Parameter roles: what the process runs; none for a tool, which then needs only the settings that it asks for.
  func load(roles: [ServiceRole] = []) throws -> EffectiveConfiguration {
    try ConfigurationLoader.load(roles: roles, flags: try flags())
  }

  /// The settings of the command line, by name.
  func flags() throws -> [String: String] {
    var flags: [String: String] = [:]
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw CommandFailure(.usage, "--set \(parts[0]): write NAME=VALUE") }
      let name = String(parts[0])
      if Settings.all.contains(where: { $0.isSecret && ([$0.name] + $0.aliases).contains(name) }) {
        throw CommandFailure(.usage, "\(name) is a secret, and command lines are visible to others; use the environment or \(name)_FILE")
      }
      flags[name] = String(parts[1])
    }
    if let file { flags[Settings.configurationFile.name] = file }
    return flags
  }

  /// A setting that this command can't do without.
  static func require(_ settings: Setting..., in configuration: EffectiveConfiguration) throws -> String {
    if let value = settings.lazy.compactMap({ configuration.text($0) }).first { return value }
    let names = settings.map(\.name).joined(separator: " or ")
    throw CommandFailure(.usage, "\(names) is not set, neither in the environment nor in a file (--config)")
  }
}
