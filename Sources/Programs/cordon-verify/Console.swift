internal import Glibc

/// Data goes to standard output, messages to standard error.
enum Console {
  static func data(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  static func message(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
