/// What a variable's name stands for.
enum SettingName: Sendable {
  case value(Setting)
  /// `<NAME>_FILE` of a secret: the value is a path.
  case file(Setting)

  /// Every name that is known, with its meaning.
  static let known: [String: SettingName] = {
    var known: [String: SettingName] = [:]
    for setting in Settings.all {
      for name in [setting.name] + setting.aliases {
        known[name] = .value(setting)
        if setting.isSecret { known[name + "_FILE"] = .file(setting) }
      }
    }
    return known
  }()

  /// The known name that was probably meant: at most three changed letters away, and fewer for short names.
  static func nearest(to name: String) -> String? {
    let limit = min(3, max(1, name.count / 4))
    let candidates = known.keys.sorted().map { (name: $0, distance: distance($0, name, limit: limit)) }.filter { $0.distance <= limit }
    return candidates.min { $0.distance < $1.distance }?.name
  }

  /// Levenshtein distance, or something above `limit` when it is more than that.
  private static func distance(_ left: String, _ right: String, limit: Int) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    guard abs(left.count - right.count) <= limit else { return limit + 1 }
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let cost = min(diagonal + (byte == right[column] ? 0 : 1), row[column] + 1, row[column + 1] + 1)
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
    }
    return row[right.count]
  }
}
