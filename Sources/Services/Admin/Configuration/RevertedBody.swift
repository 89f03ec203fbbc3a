internal import Contracts
internal import Platform

/// What a key is after a write of it was taken back.
struct RevertedBody: JSONReplyBody {
  let key: String
  /// Nil when the brand has no value again and nobody documented a default.
  let setting: BrandSetting?

  var json: JSONValue { ["key": .string(key), "setting": setting.map { SettingEntry($0).json } ?? .null] }

  static let jsonSchema = JSONSchema.object(
    name: "RevertedConfiguration",
    fields: [
      .required("key", ConfigurationRules.keySchema, "The key."),
      .required("setting", .nullable(SettingEntry.jsonSchema), "What counts now; null when the key has no value any more."),
    ])
}
