internal import Glibc

/// A file that is written from front to back. The calls block: not for Swift's own threads.
package final class GrowingFile: Sendable {
  package let path: String
  private let descriptor: Int32

  /// Makes a file; none may be there.
  package init(creating path: String, mode: UInt32) throws(FileFault) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .system("create", path) }
  }

  /// Opens a file to go on with, made where it isn't there.
  ///
  /// - Throws: while another process goes on with it. The lock is the kernel's, so that no dead process can hold it.
  package init(continuing path: String, mode: UInt32) throws(FileFault) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .system("open", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw FileFault("another process writes \(path)") }
    // Whoever held the lock may have given the file its last name meanwhile: it isn't ours to go on with.
    var (own, named) = (stat(), stat())
    guard fstat(descriptor, &own) == 0, stat(path, &named) == 0, own.st_ino == named.st_ino, own.st_dev == named.st_dev else {
      throw FileFault("\(path) was finished by another process")
    }
  }

  deinit { close(descriptor) }

  package func size() throws(FileFault) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("read", path) }
    return Int64(status.st_size)
  }

  /// What stands at this place; less than `count` at the end, and then nothing.
  package func read(at offset: Int64, upTo count: Int) throws(FileFault) -> [UInt8] {
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      repeat { result = pread(descriptor, buffer.baseAddress, count, off_t(offset)) } while result < 0 && errno == EINTR
      filled = max(result, 0)
    }
    guard result >= 0 else { throw .system("read", path) }
    return bytes
  }

  /// Leaves this many bytes. What is appended follows them.
  package func cut(to count: Int64) throws(FileFault) {
    guard ftruncate(descriptor, off_t(count)) == 0, lseek(descriptor, 0, SEEK_END) == off_t(count) else { throw .system("cut", path) }
  }

  /// Writes all of it. On failure a part may be there.
  package func append(_ bytes: some Sequence<UInt8>) throws(FileFault) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system("write", path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Returns when what was written would survive the loss of power.
  package func synchronise() throws(FileFault) {
    guard fsync(descriptor) == 0 else { throw .system("synchronise", path) }
  }
}
