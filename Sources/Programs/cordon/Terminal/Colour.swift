internal import Glibc

/// Colour on standard output, where a person looks at it and hasn't said that they want none (https://no-color.org).
enum Colour: String {
  case green = "32"
  case red = "31"

  static func of(_ colour: Colour, _ text: String) -> String {
    isWanted ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  private static let isWanted: Bool = {
    guard isatty(STDOUT_FILENO) == 1, getenv("NO_COLOR").map({ $0.pointee != 0 }) != true else { return false }
    return getenv("TERM").map { String(cString: $0) } != "dumb"
  }()
}
