/// What the program's exit status says (`docs/operating/cli.md`). Scripts rely on it.
enum ExitStatus: Int32, CaseIterable {
  case success = 0
  case failure = 1
  case usage = 2
  case verificationFailed = 3
  case notFound = 4
  case conflict = 5
  /// `EX_TEMPFAIL` of sysexits.h.
  case temporary = 75
  /// 128 + SIGINT, as shells report it.
  case interrupted = 130

  var meaning: String {
    switch self {
    case .success: "done"
    case .failure: "failed; the message says why"
    case .usage: "the command line or the configuration is wrong; nothing was done"
    case .verificationFailed: "a verification failed or an invariant is broken"
    case .notFound: "what was named doesn't exist"
    case .conflict: "it conflicts with what exists, is running, or waits for approval"
    case .temporary: "something is unreachable or busy; the same command may succeed later"
    case .interrupted: "interrupted from the keyboard"
    }
  }

  static var help: String {
    allCases.map { "  " + String(repeating: " ", count: 3 - String($0.rawValue).count) + "\($0.rawValue)  \($0.meaning)" }
      .joined(separator: "\n")
  }
}
