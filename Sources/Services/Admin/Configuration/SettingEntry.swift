internal import Contracts
internal import Platform

/// What a key is for a brand, and where that comes from.
struct SettingEntry: JSONReplyBody, Hashable {
  let setting: BrandSetting

  init(_ setting: BrandSetting) { self.setting = setting }

  var json: JSONValue {
    ["key": .string(setting.key), "value": setting.value, "source": .string(setting.source.rawValue)]
  }

  static let jsonSchema = JSONSchema.object(
    name: "BrandSetting",
    fields: [
      .required("key", ConfigurationRules.keySchema, "The key."),
      .required("value", .any, "What it is for the brand."),
      .required(
        "source", .choice(["brand", "global_default", "built_in"]), "The brand's own value, the documented default, or the program's."),
    ])
}
