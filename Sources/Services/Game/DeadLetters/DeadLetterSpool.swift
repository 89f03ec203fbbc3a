internal import Glibc
internal import Kernel
internal import Platform
internal import Synchronization

/// Dead letters on this machine's disk while the table can't be written (C-20): a file for each, whole or not there.
///
/// A letter is acknowledged when its file has its final name and both, file and folder, are synchronised. It leaves when its row is committed.
/// Between these two, dying changes nothing; the row's key makes a second insertion none. Several processes may share a folder.
///
/// All work here blocks; ``SpoolThread`` runs it.
package final class DeadLetterSpool: Sendable {
  package struct Bounds: Sendable {
    package var filesMax: Int
    package var bytesMax: Int

    package init(filesMax: Int = Limits.gameSpoolFilesMax, bytesMax: Int = Limits.gameSpoolBytesMax) {
      self.filesMax = filesMax
      self.bytesMax = bytesMax
    }
  }

  private struct Filling {
    var files = 0
    var bytes = 0
  }

  private static let suffix = ".letter"
  private static let temporarySuffix = ".part"
  /// No living process leaves a temporary file alone for so long.
  private static let leftoverSeconds = 60

  package let directory: String
  private let bounds: Bounds
  private let filling = Mutex(Filling())
  private let reached: @Sendable (SpoolStep) throws(SpoolFault) -> Void

  package convenience init(directory: String, bounds: Bounds = Bounds()) {
    self.init(directory: directory, bounds: bounds) { _ throws(SpoolFault) in }
  }

  /// - Parameter reached: told of each step; a test dies there by throwing.
  init(directory: String, bounds: Bounds, reached: @escaping @Sendable (SpoolStep) throws(SpoolFault) -> Void) {
    self.directory = directory
    self.bounds = bounds
    self.reached = reached
  }

  private var asideDirectory: String { directory + "/aside" }

  /// Makes the folder, readable by nobody else, and looks at what is there.
  @discardableResult
  func prepare() throws(SpoolFault) -> SpoolContent {
    var path = directory.hasPrefix("/") ? "" : "."
    for part in (asideDirectory).split(separator: "/") {
      path += "/" + part
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Self.fault("make \(path)") }
    }
    return try content()
  }

  // MARK: Letters in

  /// Returns when the letter would survive the loss of power.
  func write(_ letter: DeadLetter) throws(SpoolFault) {
    let bytes = DeadLetterFile.bytes(of: letter)
    try reserve(bytes.count)
    do throws(SpoolFault) {
      try write(bytes, named: letter.id.description)
    } catch {
      release(bytes.count)
      throw error
    }
  }

  private func write(_ bytes: [UInt8], named name: String) throws(SpoolFault) {
    let (temporary, final) = ("\(directory)/.\(name)\(Self.temporarySuffix)", "\(directory)/\(name)\(Self.suffix)")
    do throws(SpoolFault) {
      try create(temporary, bytes)
      try reached(.written)
      guard rename(temporary, final) == 0 else { throw Self.fault("rename \(temporary)") }
      try disk { () throws(FileFault) in try DurableFile.synchronise(directory) }
      try reached(.named)
    } catch {
      // A letter that isn't acknowledged is better not there: the provider sends it again.
      if case .disk = error {
        unlink(temporary)
        unlink(final)
      }
      throw error
    }
  }

  private func create(_ path: String, _ bytes: [UInt8]) throws(SpoolFault) {
    let half = bytes.count / 2
    let file = try disk { () throws(FileFault) in
      let file = try GrowingFile(creating: path, mode: 0o600)
      try file.append(bytes[..<half])
      return file
    }
    try reached(.torn)
    try disk { () throws(FileFault) in
      try file.append(bytes[half...])
      try file.synchronise()
    }
  }

  private func disk<Value>(_ work: () throws(FileFault) -> Value) throws(SpoolFault) -> Value {
    do throws(FileFault) {
      return try work()
    } catch {
      throw .disk(error.description)
    }
  }

  private func reserve(_ bytes: Int) throws(SpoolFault) {
    let hasRoom = filling.withLock { filling in
      guard filling.files < bounds.filesMax, filling.bytes + bytes <= bounds.bytesMax else { return false }
      filling.files += 1
      filling.bytes += bytes
      return true
    }
    guard hasRoom else { throw .full }
  }

  private func release(_ bytes: Int) {
    filling.withLock { filling in
      filling.files = max(0, filling.files - 1)
      filling.bytes = max(0, filling.bytes - bytes)
    }
  }

  // MARK: Letters out

  /// What the folder holds now; the bounds count from it again, since another process may share it.
  func content() throws(SpoolFault) -> SpoolContent {
    var content = SpoolContent(aside: try names(in: asideDirectory).count)
    for name in try names(in: directory) {
      guard let status = Self.status(of: "\(directory)/\(name)") else { continue }
      if name.hasSuffix(Self.suffix) {
        content.letters.append(name)
        content.bytes += Int(status.st_size)
      } else if name.hasSuffix(Self.temporarySuffix), time(nil) - status.st_mtim.tv_sec > Self.leftoverSeconds {
        content.leftovers.append(name)
      }
    }
    content.letters.sort()
    let seen = Filling(files: content.letters.count, bytes: content.bytes)
    filling.withLock { $0 = seen }
    return content
  }

  /// Nil when the file isn't there any more, or is no letter; the latter is set aside, for a person to look at.
  func read(_ name: String) throws(SpoolFault) -> DeadLetter? {
    guard let bytes = try contents(of: "\(directory)/\(name)") else { return nil }
    guard let letter = DeadLetterFile.letter(in: bytes) else {
      try setAside(name)
      return nil
    }
    return letter
  }

  /// Takes the letter out; its row is committed.
  func remove(_ name: String) throws(SpoolFault) {
    try reached(.committed)
    let path = "\(directory)/\(name)"
    let size = Self.status(of: path).map { Int($0.st_size) } ?? 0
    guard unlink(path) == 0 else {
      // Another process that shares the folder was faster.
      if errno == ENOENT { return }
      throw Self.fault("remove \(path)")
    }
    release(size)
  }

  /// Nothing is thrown away: what can't be read may still be somebody's money.
  func setAside(_ name: String) throws(SpoolFault) {
    guard rename("\(directory)/\(name)", "\(asideDirectory)/\(name)") == 0 || errno == ENOENT else { throw Self.fault("set \(name) aside") }
  }

  /// A temporary file that nobody finishes: whole, it becomes a letter, although nobody was told that it is kept; torn, it is set aside.
  func adopt(_ leftover: String) throws(SpoolFault) {
    guard let bytes = try contents(of: "\(directory)/\(leftover)") else { return }
    guard let letter = DeadLetterFile.letter(in: bytes) else { return try setAside(leftover) }
    let path = "\(directory)/\(leftover)"
    guard rename(path, "\(directory)/\(letter.id)\(Self.suffix)") == 0 || errno == ENOENT else { throw Self.fault("rename \(path)") }
    try disk { () throws(FileFault) in try DurableFile.synchronise(directory) }
  }

  // MARK: Files

  private func names(in folder: String) throws(SpoolFault) -> [String] {
    guard let stream = opendir(folder) else { throw Self.fault("read \(folder)") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private func contents(of path: String) throws(SpoolFault) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw Self.fault("open \(path)")
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(file, &block, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Self.fault("read \(path)") }
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[..<count])
    }
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return status
  }

  private static func fault(_ what: String) -> SpoolFault { .disk("can't \(what): \(String(cString: strerror(errno)))") }
}
