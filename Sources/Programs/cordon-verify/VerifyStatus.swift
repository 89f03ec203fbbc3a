/// The exit status (`docs/formats/verdicts.md`). Scripts rely on it.
enum VerifyStatus: Int32, CaseIterable {
  case verified = 0
  case unreadable = 1
  case usage = 2
  case failed = 3

  var meaning: String {
    switch self {
    case .verified: "verified"
    case .unreadable: "the file can't be read"
    case .usage: "the command line, a key, a history, a policy or a checkpoint that was given is wrong; nothing was judged"
    case .failed: "something was found; the output says what and where"
    }
  }
}
