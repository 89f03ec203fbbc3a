/// What configuration is acceptable. Pure: values in, faults out.
package enum ConfigurationRules {
  /// Nil for a text that says neither on nor off.
  package static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "on", "true", "1": true
    case "off", "false", "0": false
    default: nil
    }
  }
}
