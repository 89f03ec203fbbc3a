/// Nothing in the project may name a place on the machine of whoever wrote it.
enum MachineRules {
  private static let places = ["/home/", "/Users/", "/work/", "/root/"]

  static func violations(path: String, text: String) -> [String] {
    places.filter { text.contains($0) }.map { "\(path) names \($0)" }
  }
}
