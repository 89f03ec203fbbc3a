package import Kernel

/// What configuration is acceptable. Pure: values in, a configuration or faults out.
package enum ConfigurationRules {
  /// Texts that are put where a secret belongs until somebody thinks of a real one.
  private static let placeholders: Set<String> = [
    "changeme", "change-me", "secret", "password", "example", "default", "test", "todo", "xxx",
  ]

  /// Nil for a text that says neither on nor off.
  package static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "on", "true", "1": true
    case "off", "false", "0": false
    default: nil
    }
  }

  /// - Parameter roles: the roles that the process will run; empty for the operator's tools, which need no role's secrets.
  package static func resolve(_ input: ConfigurationInput, roles: [ServiceRole]) throws(ConfigurationError) -> EffectiveConfiguration {
    var faults = unknownNames(in: input)
    var entries: [String: EffectiveConfiguration.Entry] = [:]
    for setting in Settings.all {
      guard let entry = entry(of: setting, in: input, faults: &faults) else { continue }
      if let refusal = FormRules.refusal(of: entry.value, for: setting) {
        faults.append(ConfigurationFault(setting.name, "\(refusal) (from \(entry.source.rawValue))"))
      }
      entries[setting.name] = entry
    }
    let labels = [Settings.environment, Settings.applicationEnvironment, Settings.plainEnvironment].compactMap { entries[$0.name]?.value }
    let configuration = EffectiveConfiguration(entries: entries, environment: DeploymentEnvironment(labels: labels))
    faults += singularKey(in: input)
    if configuration.environment.isProductionGrade { faults += productionFaults(of: configuration, roles: roles) }
    guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
    return configuration
  }

  // MARK: Names

  /// The environment holds other programs' variables too, so there only the `CORDON_` prefix is ours to judge; a flag or a line of our
  /// own file can only be meant for us.
  private static func unknownNames(in input: ConfigurationInput) -> [ConfigurationFault] {
    let environment = input.environment.keys.filter { $0.hasPrefix("CORDON_") }.map { (name: $0, place: "environment") }
    let file = input.file.map { (name: $0.name, place: "line \($0.number) of the file") }
    let flags = input.flags.keys.map { (name: $0, place: "command line") }
    return (flags + environment + file).sorted { $0.name < $1.name }.compactMap { name, place in
      guard SettingName.known[name] == nil, name != "JWT_PUBLIC_KEY" else { return nil }
      let hint = SettingName.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
      return ConfigurationFault(name, "is not a setting of Cordon (\(place))\(hint)")
    }
  }

  /// One key has no room for the next one, so a rotation would refuse live tokens (C-63).
  private static func singularKey(in input: ConfigurationInput) -> [ConfigurationFault] {
    guard input.layers.contains(where: { $0.values["JWT_PUBLIC_KEY"] != nil }) else { return [] }
    return [ConfigurationFault("JWT_PUBLIC_KEY", "is not read; set JWT_PUBLIC_KEYS, a JSON object of key id to PEM")]
  }

  // MARK: Values

  private static func entry(
    of setting: Setting, in input: ConfigurationInput, faults: inout [ConfigurationFault]
  ) -> EffectiveConfiguration.Entry? {
    for (source, values) in input.layers {
      let direct = ([setting.name] + setting.aliases).compactMap { name in values[name].map { (name: name, value: $0) } }
      let files =
        setting.isSecret
        ? ([setting.name] + setting.aliases).compactMap { name in values[name + "_FILE"].map { (name: name + "_FILE", path: $0) } } : []
      if Set(direct.map(\.value)).count > 1 {
        faults.append(ConfigurationFault(setting.name, "\(direct.map(\.name).joined(separator: " and ")) say different things"))
      }
      if let first = direct.first {
        if let file = files.first {
          faults.append(ConfigurationFault(file.name, "is set together with \(first.name); one of them must go"))
        }
        return .init(value: plain(first.value, setting), source: source)
      }
      if let file = files.first { return secret(setting, name: file.name, path: file.path, in: input, faults: &faults) }
    }
    return setting.defaultValue.map { .init(value: $0, source: .defaultValue) }
  }

  private static func secret(
    _ setting: Setting, name: String, path: String, in input: ConfigurationInput, faults: inout [ConfigurationFault]
  ) -> EffectiveConfiguration.Entry? {
    guard let contents = input.secretFiles[path].flatMap(\.self) else {
      faults.append(ConfigurationFault(name, "\(path) can't be read"))
      return nil
    }
    let value = String(contents.reversed().drop { $0.isNewline }.reversed())
    guard !value.isEmpty else {
      faults.append(ConfigurationFault(name, "\(path) is empty"))
      return nil
    }
    return .init(value: plain(value, setting), source: .secretFile)
  }

  /// Environment variables can't hold line breaks everywhere, so PEM is often written with `\n`.
  private static func plain(_ value: String, _ setting: Setting) -> String {
    guard setting.form == .multiline, value.contains("-----BEGIN "), !value.contains("\n") else { return value }
    return value.split(separator: "\\n", omittingEmptySubsequences: false).joined(separator: "\n")
  }

  // MARK: Production

  private static func productionFaults(of configuration: EffectiveConfiguration, roles: [ServiceRole]) -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    let label = configuration.environment.label
    for setting in Settings.all where setting.isRequiredInProduction && roles.contains(where: setting.applies) {
      guard configuration.entries[setting.name] == nil else { continue }
      let needing = roles.filter(setting.applies).map(\.rawValue).joined(separator: ", ")
      faults.append(ConfigurationFault(setting.name, "is required in \(label) by \(needing), and there is no fallback"))
    }
    if !roles.isEmpty, !configuration.isExplicit(Settings.enforcement) {
      faults.append(ConfigurationFault(Settings.enforcement.name, "must be set explicitly in \(label)"))
    }
    if configuration.flag(Settings.debug) { faults.append(ConfigurationFault(Settings.debug.name, "is refused in \(label)")) }
    if roles.contains(.gameService), !configuration.flag(Settings.verifyCallbacks) {
      faults.append(ConfigurationFault(Settings.verifyCallbacks.name, "must not be off in \(label)"))
    }
    for setting in Settings.all {
      guard roles.contains(where: setting.applies), let maximum = setting.maximumInProduction, let value = configuration.integer(setting),
        value > maximum
      else { continue }
      faults.append(ConfigurationFault(setting.name, "is at most \(maximum) in \(label); \(value) would limit nothing"))
    }
    for setting in Settings.all where setting.isSecret {
      if let value = configuration.entries[setting.name]?.value, placeholders.contains(value.lowercased()) {
        faults.append(ConfigurationFault(setting.name, "is a placeholder, which \(label) refuses"))
      }
    }
    return faults + tokenFaults(of: configuration, roles: roles)
  }

  /// A role without any token could neither call nor be called.
  private static func tokenFaults(of configuration: EffectiveConfiguration, roles: [ServiceRole]) -> [ConfigurationFault] {
    guard configuration.text(Settings.sharedInternalToken) == nil else { return [] }
    return [ServiceRole.gateway, .adminService].filter { roles.contains($0) }.compactMap { role in
      guard let caller = role.caller, configuration.text(Settings.token(of: caller)) == nil else { return nil }
      return ConfigurationFault(
        Settings.token(of: caller).name, "is required in \(configuration.environment.label) by \(role.rawValue), which calls other roles")
    }
  }
}
