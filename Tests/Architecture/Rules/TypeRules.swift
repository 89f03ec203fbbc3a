/// One type a file, named after it. Private types and extensions may stand beside it.
enum TypeRules {
  private static let kinds: Set<Substring> = ["struct", "class", "enum", "actor", "protocol"]
  private static let modifiers: Set<Substring> = ["package", "internal", "public", "final", "indirect", "nonisolated"]

  static func violations(_ file: SourceFile) -> [String] {
    let types = file.code.compactMap(typeName)
    if types.count > 1 { return ["\(file.path) has \(types.count) types: \(types.joined(separator: ", "))"] }
    // `Name+subject.swift` is an extension of Name.
    guard let type = types.first, !file.name.contains("+"), type != file.name else { return [] }
    return ["\(file.path) has the type \(type)"]
  }

  /// The name that a line without indentation declares, unless it is private.
  private static func typeName(_ line: String) -> String? {
    guard let first = line.first, first != " " else { return nil }
    let words = line.split(separator: " ").drop { $0.hasPrefix("@") || modifiers.contains($0) }
    guard let kind = words.first, kinds.contains(kind), let name = words.dropFirst().first else { return nil }
    return String(name.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }
}
