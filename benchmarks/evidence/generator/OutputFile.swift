internal import Glibc

/// A file that is written from its beginning.
struct OutputFile {
  private let file: UnsafeMutablePointer<FILE>

  init?(_ path: String) {
    guard let file = fopen(path, "w") else { return nil }
    self.file = file
  }

  func write(_ bytes: [UInt8]) { fwrite(bytes, 1, bytes.count, file) }

  func close() { fclose(file) }
}
