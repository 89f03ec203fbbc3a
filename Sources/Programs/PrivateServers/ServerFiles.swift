internal import Glibc

/// The few file operations that starting a server takes.
enum ServerFiles {
  /// The names in a directory, none when it can't be read.
  static func entries(of directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The whole of a small file, or nil when it can't be read.
  static func text(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { return nil }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Replaces a file as a whole: a reader, or a crash, sees the old content or the new.
  static func write(_ text: String, to path: String, mode: mode_t, owner: ServerAccount) throws(PrivateServerError) {
    let unfinished = path + ".new"
    unlink(unfinished)
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure("create", unfinished) }
    let bytes = Array(text.utf8)
    let written = Glibc.write(descriptor, bytes, bytes.count)
    let synced = fsync(descriptor)
    close(descriptor)
    guard written == bytes.count, synced == 0 else { throw failure("write", unfinished) }
    try give(unfinished, to: owner)
    guard rename(unfinished, path) == 0 else { throw failure("rename", unfinished) }
  }

  /// Makes the directory and those above it, where they are missing. Those above get the ordinary permissions.
  static func makeDirectory(_ path: String, mode: mode_t, owner: ServerAccount) throws(PrivateServerError) {
    let parts = path.split(separator: "/")
    for count in parts.indices {
      let ancestor = "/" + parts[...count].joined(separator: "/")
      guard mkdir(ancestor, count == parts.count - 1 ? mode : 0o755) == 0 || errno == EEXIST else { throw failure("create", ancestor) }
    }
    guard chmod(path, mode) == 0 else { throw failure("set the permissions of", path) }
    try give(path, to: owner)
  }

  static func give(_ path: String, to owner: ServerAccount) throws(PrivateServerError) {
    guard owner.isOther else { return }
    guard chown(path, owner.user, owner.group) == 0 else { throw failure("hand to \(owner.name)", path) }
  }

  /// The path without `.`, `..` and relative start; the file itself need not exist.
  static func absolute(_ path: String) -> String {
    var parts: [Substring] = []
    let start = path.hasPrefix("/") ? "" : workingDirectory()
    for part in "\(start)/\(path)".split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The last lines of a log, for a message about a server that didn't start.
  static func tail(of path: String, lines: Int = 12) -> String {
    (text(of: path) ?? "").split(separator: "\n").suffix(lines).map { "  \($0)" }.joined(separator: "\n")
  }

  private static func workingDirectory() -> String {
    guard let pointer = getcwd(nil, 0) else { return "/" }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  private static func failure(_ action: String, _ path: String) -> PrivateServerError {
    PrivateServerError(.directory, "can't \(action) \(path): \(String(cString: strerror(errno)))")
  }
}
