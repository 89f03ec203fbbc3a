internal import Glibc

/// Holds that one server at most runs on a directory.
///
/// The lock is the kernel's (`flock`), so no stale file can pretend that somebody runs. The server's watchdog inherits it, so it
/// is held until the server has stopped, also when the process that started it was killed. The file names that process.
final class InstanceLock: Sendable {
  let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// - Parameter patience: how long to wait for the server of a process that is gone, which its watchdog is stopping right now.
  static func acquire(_ path: String, patience: Duration = .seconds(60)) async throws(PrivateServerError) -> InstanceLock {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw PrivateServerError(.directory, "can't open \(path): \(String(cString: strerror(errno)))") }
    let lock = InstanceLock(descriptor: opened)
    let deadline = ContinuousClock.now + patience
    while flock(opened, LOCK_EX | LOCK_NB) != 0 {
      let owner = ServerFiles.text(of: path).flatMap { pid_t($0.filter(\.isNumber)) }
      let ownerLives = owner.map { kill($0, 0) == 0 || errno == EPERM } ?? false
      if ownerLives || ContinuousClock.now >= deadline || Task.isCancelled {
        let who = owner.map { "process \($0)" } ?? "another process"
        throw PrivateServerError(.alreadyRunning, "\(who) already runs the server of \(path); stop it first, or use another directory")
      }
      try? await Task.sleep(for: .milliseconds(50))
    }
    let owner = Array("\(getpid())\n".utf8)
    guard ftruncate(opened, 0) == 0, write(opened, owner, owner.count) == owner.count else {
      throw PrivateServerError(.directory, "can't write \(path): \(String(cString: strerror(errno)))")
    }
    return lock
  }
}
