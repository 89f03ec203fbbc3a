package import Kernel

/// One thing that can be configured: its name, meaning, form and default, declared once in ``Settings``.
package struct Setting: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    case text
    /// PEM, keys, tokens: may span lines, `\n` may be written as two characters.
    case multiline
    case integer(ClosedRange<Int>)
    /// Whole seconds.
    case seconds(ClosedRange<Int>)
    /// `on`/`off`, also `true`/`false` and `1`/`0`.
    case flag
    case choice([String])
    case url(schemes: [String])
    /// A JSON object of texts.
    case textMap
    /// A list of ``EnforcementOverride``.
    case enforcementOverrides
  }

  /// Where the setting has a meaning; elsewhere it is accepted and not read.
  package enum Scope: Hashable, Sendable {
    case everyRole
    case roles([ServiceRole])
  }

  package let name: String
  package let meaning: String
  package let form: Form
  package let defaultValue: String?
  /// Never printed; may also come from the file that `<name>_FILE` names.
  package let isSecret: Bool
  package let scope: Scope
  /// Whether a production-grade start is refused without it, for the roles of ``scope``.
  package let isRequiredInProduction: Bool
  /// The most that a production-grade start takes: a limit so high that it limits nothing is none (S4-INC-12).
  package let maximumInProduction: Int?
  /// Other names with the same meaning, tried after ``name``.
  package let aliases: [String]

  package init(
    _ name: String, _ meaning: String, form: Form = .text, defaultValue: String? = nil, isSecret: Bool = false, scope: Scope = .everyRole,
    isRequiredInProduction: Bool = false, maximumInProduction: Int? = nil, aliases: [String] = []
  ) {
    self.name = name
    self.meaning = meaning
    self.form = form
    self.defaultValue = defaultValue
    self.isSecret = isSecret
    self.scope = scope
    self.isRequiredInProduction = isRequiredInProduction
    self.maximumInProduction = maximumInProduction
    self.aliases = aliases
  }

  package func applies(to role: ServiceRole) -> Bool {
    switch scope {
    case .everyRole: true
    case .roles(let roles): roles.contains(role)
    }
  }
}
