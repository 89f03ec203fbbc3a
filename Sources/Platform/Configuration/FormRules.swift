internal import Kernel

/// Whether a value has its setting's form. Pure.
enum FormRules {
  /// Nil when the value fits. The answer never quotes the value: it may be a secret in the wrong variable.
  static func refusal(of value: String, for setting: Setting) -> String? {
    switch setting.form {
    case .text: return value.contains("\n") ? "must be one line" : nil
    case .multiline: return nil
    case .integer(let range), .seconds(let range):
      guard let number = Int(value), range.contains(number) else {
        return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
      }
      return nil
    case .flag: return ConfigurationRules.flag(value) == nil ? "must be on or off" : nil
    case .choice(let values): return values.contains(value) ? nil : "must be one of \(values.joined(separator: ", "))"
    case .url(let schemes): return urlRefusal(of: value, schemes: schemes)
    case .textMap: return mapRefusal(of: value)
    case .enforcementOverrides:
      return EnforcementOverride.list(value) == nil
        ? "must be CALLER=observe@2026-11-26T12:00:00Z, several with commas between them, each caller once" : nil
    }
  }

  private static func urlRefusal(of value: String, schemes: [String]) -> String? {
    let isKnown = schemes.contains { value.hasPrefix($0 + "://") && value.utf8.count > $0.utf8.count + 3 }
    return isKnown && value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
      ? nil : "must be a URL that begins with \(schemes.map { $0 + "://" }.joined(separator: " or "))"
  }

  private static func mapRefusal(of value: String) -> String? {
    guard let document = try? JSONDocument.parse(Array(value.utf8)), case .object(let members) = document else {
      return "must be a JSON object"
    }
    let isTexts = members.allSatisfy { member in
      if case .string(let text) = member.value { !text.isEmpty && !member.name.isEmpty } else { false }
    }
    guard isTexts else { return "must be a JSON object whose values are texts" }
    return members.isEmpty ? "must have at least one key" : nil
  }
}
