internal import ArgumentParser

/// For commands that change something that can't simply be changed back.
struct ChangeOptions: ParsableArguments {
  @Flag(name: .customLong("dry-run"), help: "Only say what would be done.")
  var isDryRun = false

  @Flag(name: .customLong("yes"), help: "Don't ask.")
  var isConfirmed = false

  /// Throws unless somebody said yes, on the command line or when asked.
  func requireConsent(_ question: String) throws {
    if isConfirmed { return }
    guard let answer = Terminal.confirms(question) else {
      throw CommandFailure(.usage, "\(question) There is no terminal to ask on; repeat with --yes.")
    }
    guard answer else { throw CommandFailure(.interrupted, "nothing was done") }
  }
}
