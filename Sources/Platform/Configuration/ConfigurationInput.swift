/// Where settings come from, read but not yet judged.
package struct ConfigurationInput: Sendable {
  /// Set on the command line, by setting name: stronger than everything else.
  package var flags: [String: String]
  package var environment: [String: String]
  /// The lines of `CORDON_CONFIG_FILE`.
  package var file: [DotenvFile.Line]
  /// Contents of the files that `NAME_FILE` settings name, by path; nil where one can't be read.
  package var secretFiles: [String: String?]

  package init(
    flags: [String: String] = [:], environment: [String: String] = [:], file: [DotenvFile.Line] = [], secretFiles: [String: String?] = [:]
  ) {
    self.flags = flags
    self.environment = environment
    self.file = file
    self.secretFiles = secretFiles
  }

  /// The layers in order of strength, with the names that they set to something. Compose files set what they don't have to the empty
  /// text, so an empty value counts as none.
  var layers: [(source: EffectiveConfiguration.Source, values: [String: String])] {
    let fileValues = Dictionary(file.map { ($0.name, $0.value) }) { first, _ in first }
    let layers: [(source: EffectiveConfiguration.Source, values: [String: String])] = [
      (.flag, flags), (.environment, environment), (.file, fileValues),
    ]
    return layers.map { ($0.source, $0.values.filter { !$0.value.isEmpty }) }
  }
}
