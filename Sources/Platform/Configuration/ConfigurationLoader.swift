internal import FoundationEssentials
package import Kernel

/// Reads the files that the configuration names and resolves it. All its judgement is ``ConfigurationRules``.
package enum ConfigurationLoader {
  /// A larger file is not a configuration; reading it would only make the fault harder to see.
  private static let fileBytesMax = 1024 * 1024

  /// - Parameters:
  ///   - roles: what the process will run; empty for tools.
  ///   - flags: setting name to value, from the command line.
  package static func load(
    roles: [ServiceRole], flags: [String: String] = [:], environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) -> EffectiveConfiguration {
    var input = ConfigurationInput(flags: flags, environment: environment)
    let path = flags[Settings.configurationFile.name] ?? environment[Settings.configurationFile.name] ?? ""
    if !path.isEmpty {
      guard let text = read(path) else {
        throw ConfigurationError(faults: [ConfigurationFault(Settings.configurationFile.name, "\(path) can't be read")])
      }
      let (lines, faults) = DotenvFile.parse(text)
      guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
      input.file = lines
    }
    for (_, values) in input.layers {
      for (name, path) in values {
        if case .file = SettingName.known[name] { input.secretFiles[path] = .some(read(path)) }
      }
    }
    return try ConfigurationRules.resolve(input, roles: roles)
  }

  private static func read(_ path: String) -> String? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let size = attributes?[.size] as? Int, size <= fileBytesMax else { return nil }
    return FileManager.default.contents(atPath: path).flatMap { String(validating: $0, as: UTF8.self) }
  }
}
