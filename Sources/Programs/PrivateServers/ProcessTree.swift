internal import Glibc

/// The processes below a process, read from `/proc`.
enum ProcessTree {
  /// The process and everything below it, parents first.
  static func members(from root: pid_t) -> [pid_t] {
    let parents = parentsByProcess()
    var members = [root]
    var next = 0
    while next < members.count {
      members += parents.filter { $0.value == members[next] }.map(\.key)
      next += 1
    }
    return members
  }

  static func signal(_ signal: Int32, from root: pid_t) {
    for member in members(from: root) { kill(member, signal) }
  }

  private static func parentsByProcess() -> [pid_t: pid_t] {
    var parents: [pid_t: pid_t] = [:]
    for process in ServerFiles.entries(of: "/proc").compactMap({ pid_t($0) }) {
      // "pid (name) state ppid …", where the name may hold anything, brackets and spaces too.
      guard let line = ServerFiles.text(of: "/proc/\(process)/stat"), let name = line.lastIndex(of: ")") else { continue }
      let fields = line[name...].split(separator: " ")
      if fields.count > 2 { parents[process] = pid_t(fields[2]) }
    }
    return parents
  }
}
