internal import Evidence
internal import Kernel

/// The command line.
struct Arguments {
  private(set) var file = ""
  private(set) var keys: [String] = []
  private(set) var histories: [String] = []
  private(set) var policy: String?
  private(set) var seen: [String] = []
  private(set) var time: Timestamp?
  private(set) var ageSecondsMax = Trust.ageSecondsMaxDefault
  private(set) var isJSON = false
  private(set) var isHelp = false

  static let help = """
    usage: cordon-verify FILE --keys FILE [--policy FILE] [--seen FILE] [--at TIME] [--max-age SECONDS] [--json]

    Verifies a bundle, a receipt (.tlog-proof) or a case folder with nothing but the files that are named here; - is standard input.

      --keys FILE        keys that you trust, one a line: <operator>/keys+<id>+<base64>; more than once for more files
      --history FILE     an operator's key history with a key that you trust: its other keys are trusted too, each in its time
      --policy FILE      logs and witnesses that you trust (c2sp.org/tlog-policy); each checkpoint must have the quorum
      --seen FILE        a checkpoint that you got another way; more than once for more
      --at TIME          the checkpoints must be no older than --max-age at this time: 2026-11-25T12:00:00Z, Unix seconds, or now
      --max-age SECONDS  with --at; \(Trust.ageSecondsMaxDefault) unless given
      --json             the report as JSON

    Exit status:
    \(VerifyStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n"))
    """

  init(_ words: some Sequence<String>) throws(VerifyFailure) {
    var rest = Array(words)[...]
    var files: [String] = []
    while let word = rest.popFirst() {
      switch word {
      case "--help", "-h": isHelp = true
      case "--json": isJSON = true
      case "--keys": keys.append(try Self.value(of: word, &rest))
      case "--history": histories.append(try Self.value(of: word, &rest))
      case "--policy": policy = try Self.value(of: word, &rest)
      case "--seen": seen.append(try Self.value(of: word, &rest))
      case "--at": time = try TimeArgument.time(try Self.value(of: word, &rest))
      case "--max-age": ageSecondsMax = try Self.seconds(try Self.value(of: word, &rest))
      case _ where word.utf8.count > 1 && word.utf8.starts(with: "-".utf8):
        throw VerifyFailure(.usage, "\(word) isn't an option; --help lists them")
      default: files.append(word)
      }
    }
    guard !isHelp else { return }
    guard let file = files.first, files.count == 1 else { throw VerifyFailure(.usage, "name one file to verify; --help says more") }
    guard !keys.isEmpty else { throw VerifyFailure(.usage, "--keys names the keys that you trust; without it nothing can be verified") }
    self.file = file
  }

  private static func value(of option: String, _ rest: inout ArraySlice<String>) throws(VerifyFailure) -> String {
    guard let value = rest.popFirst() else { throw VerifyFailure(.usage, "\(option) needs a value") }
    return value
  }

  private static func seconds(_ text: String) throws(VerifyFailure) -> Int64 {
    guard let seconds = Decimal64.parse(text) else { throw VerifyFailure(.usage, "\(text) isn't a number of seconds") }
    return seconds
  }
}
