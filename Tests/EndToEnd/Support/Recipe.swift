import Foundation

/// The commands of a make target, as the Makefile has them.
enum Recipe {
  static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  static func text(_ path: String) throws -> String { try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(path)") }

  /// The arguments of each call of the program, with `variables` put in.
  static func programCalls(of target: String, _ variables: [String: String]) throws -> [[String]] {
    let lines = try text("Makefile").split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("\(target):") }) else { return [] }
    return lines[(start + 1)...].prefix { $0.hasPrefix("\t") }.compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace).map { word in
        variables.reduce(String(word)) { $0.replacing("$(\($1.key))", with: $1.value) }
      }
      return words.first == "$(CORDON)" ? Array(words.dropFirst()) : nil
    }
  }
}
