internal import Kernel

/// The effective configuration for people and programs, without its secrets.
package enum ConfigurationReport {
  private static let hidden = "<set>"

  /// One setting per line: `NAME=value  # source`.
  package static func text(of configuration: EffectiveConfiguration) -> String {
    rows(of: configuration).map { row in "\(row.setting.name)=\(row.shown)  # \(row.source)" }.joined(separator: "\n") + "\n"
  }

  package static func json(of configuration: EffectiveConfiguration) -> String {
    let settings: [JSONValue] = rows(of: configuration).map { row in
      [
        "name": .string(row.setting.name), "value": row.isSet ? .string(row.shown) : .null, "source": .string(row.source),
        "secret": .boolean(row.setting.isSecret), "meaning": .string(row.setting.meaning),
      ]
    }
    return JSONWriter.text(
      of: [
        "environment": .string(configuration.environment.label), "production_grade": .boolean(configuration.environment.isProductionGrade),
        "settings": .array(settings),
      ])
  }

  private static func rows(
    of configuration: EffectiveConfiguration
  ) -> [(setting: Setting, shown: String, source: String, isSet: Bool)] {
    Settings.all.sorted { $0.name < $1.name }.map { setting in
      guard let entry = configuration.entries[setting.name] else { return (setting, "", "not set", false) }
      return (setting, setting.isSecret ? hidden : entry.value, entry.source.rawValue, true)
    }
  }
}
