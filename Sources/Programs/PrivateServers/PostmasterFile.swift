internal import Glibc

/// `postmaster.pid`: what a running PostgreSQL writes into its data directory (its form is documented with the server's sources).
enum PostmasterFile {
  /// The eighth line is the state; it is how `pg_ctl` finds out too.
  static func isReady(in data: String) -> Bool {
    guard let lines = lines(in: data), lines.count >= 8 else { return false }
    return lines[7].hasPrefix("ready")
  }

  /// Removes the file of a server that is gone. PostgreSQL does so by itself, unless the pid is in use again by another program of
  /// the same account: after a power loss that is likely, and it would refuse for ever. Only called under the instance lock.
  static func removeIfStale(in data: String) {
    guard let process = lines(in: data)?.first.flatMap({ pid_t($0) }) else { return }
    let name = ServerFiles.text(of: "/proc/\(process)/comm")?.filter { $0 != "\n" }
    if name != "postgres" { unlink(data + "/postmaster.pid") }
  }

  private static func lines(in data: String) -> [Substring]? {
    ServerFiles.text(of: data + "/postmaster.pid")?.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
