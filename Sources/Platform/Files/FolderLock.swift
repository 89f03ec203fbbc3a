internal import Glibc

/// Holds that one process at most works in a folder. The lock is the kernel's, so that no file of a dead process can pretend to hold it.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// - Throws: while another process holds it, or where the folder can't be written.
  package init(_ directory: String, name: String = "lock") throws(FileFault) {
    let path = "\(directory)/\(name)"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("open", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw FileFault("another process works in \(directory)") }
  }

  deinit { close(descriptor) }
}
