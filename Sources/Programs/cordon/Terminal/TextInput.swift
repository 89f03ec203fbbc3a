internal import Glibc

/// Files that a command is told to read.
enum TextInput {
  /// The whole file, standard input for `-`; nil when it can't be read or isn't UTF-8.
  static func read(_ path: String) -> String? { bytes(path).flatMap { String(validating: $0, as: UTF8.self) } }

  /// The same of a file that need not be text.
  static func bytes(_ path: String) -> [UInt8]? {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[..<count])
    }
  }
}
