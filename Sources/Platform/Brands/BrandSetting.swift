/// What a configuration key is for one brand, and where that comes from.
package struct BrandSetting: Hashable, Sendable {
  package enum Source: String, Sendable {
    /// The brand's own row of `brand_config`.
    case brand
    /// The newest version of the documented global default (`brand_config_default`).
    case globalDefault = "global_default"
    /// The constant in the program: the table has no row for a key that the code reads (C-27).
    case builtIn = "built_in"
  }

  package let key: String
  package let value: JSONValue
  package let source: Source

  package init(key: String, value: JSONValue, source: Source) {
    self.key = key
    self.value = value
    self.source = source
  }
}
