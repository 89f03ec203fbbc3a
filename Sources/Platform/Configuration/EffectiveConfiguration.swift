package import Kernel

/// The configuration a process runs with: every known setting's value and where it came from. Values have been checked against their forms.
package struct EffectiveConfiguration: Sendable {
  /// Where a value came from, strongest first.
  package enum Source: String, Sendable {
    case flag
    case environment
    /// The file that `<NAME>_FILE` names.
    case secretFile = "secret file"
    case file
    case defaultValue = "default"
  }

  package struct Entry: Sendable {
    package let value: String
    package let source: Source

    package init(value: String, source: Source) {
      self.value = value
      self.source = source
    }
  }

  /// By ``Setting/name``; settings without a value are absent.
  package let entries: [String: Entry]
  package let environment: DeploymentEnvironment

  package init(entries: [String: Entry], environment: DeploymentEnvironment) {
    self.entries = entries
    self.environment = environment
  }

  /// The configuration as one role of the process gets it: without the secrets of the others (S0-JWT-03).
  package func scoped(to role: ServiceRole) -> EffectiveConfiguration {
    let foreign = Set(Settings.all.filter { $0.isSecret && !$0.applies(to: role) }.map(\.name))
    return EffectiveConfiguration(entries: entries.filter { !foreign.contains($0.key) }, environment: environment)
  }

  /// The value, or nil when there is none and no default.
  package func text(_ setting: Setting) -> String? { entries[setting.name]?.value ?? setting.defaultValue }

  /// For settings of the form `.integer`.
  package func integer(_ setting: Setting) -> Int? { text(setting).flatMap { Int($0) } }

  /// For settings of the form `.seconds`; zero when there is no value.
  package func seconds(_ setting: Setting) -> Duration { .seconds(text(setting).flatMap { Int($0) } ?? 0) }

  /// For settings of the form `.flag`; no value is off.
  package func flag(_ setting: Setting) -> Bool { text(setting).flatMap { ConfigurationRules.flag($0) } ?? false }

  package var enforcement: EnforcementMode { text(Settings.enforcement).flatMap { EnforcementMode(rawValue: $0) } ?? .enforce }

  package func isExplicit(_ setting: Setting) -> Bool { entries[setting.name].map { $0.source != .defaultValue } ?? false }

  /// Values that must appear nowhere: every secret, and the passwords inside URLs. For the log's redaction.
  package var secretValues: [String] {
    let secrets = Settings.all.filter(\.isSecret).compactMap { entries[$0.name]?.value }
    let passwords = secrets.compactMap { Self.password(in: $0) }
    // A shorter value would redact half of every line, and protects nothing.
    return (secrets + passwords).filter { $0.utf8.count >= 6 }
  }

  private static func password(in url: String) -> String? {
    guard let scheme = url.firstRange(of: "://"), let at = url.lastIndex(of: "@"), at > scheme.upperBound else { return nil }
    let parts = url[scheme.upperBound..<at].split(separator: ":", maxSplits: 1)
    return parts.last.map { String($0) }
  }
}
