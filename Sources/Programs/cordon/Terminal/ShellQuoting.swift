/// Text as a POSIX shell reads it back.
enum ShellQuoting {
  /// In single quotes, in which nothing has a meaning but the quote itself.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
