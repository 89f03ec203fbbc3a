internal import Glibc

/// Where text goes: data to standard output, messages to standard error.
enum Terminal {
  static func data(_ text: String) { write(text, to: STDOUT_FILENO) }

  static func message(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Asks on the terminal; nil when there is nobody to ask.
  static func confirms(_ question: String) -> Bool? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    write("\(question) [y/N] ", to: STDERR_FILENO, newline: false)
    return ["y", "yes"].contains((readLine() ?? "").lowercased())
  }

  private static func write(_ text: String, to descriptor: Int32, newline: Bool = true) {
    var bytes = Array(text.utf8)[...]
    if newline && bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      // Nobody reads any more (a closed pipe): there is nobody to tell either.
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
