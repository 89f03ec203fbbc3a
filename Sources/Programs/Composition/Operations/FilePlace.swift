internal import Glibc

/// What stands where a file or a folder shall be made.
enum FilePlace {
  /// Also for a link that leads nowhere.
  static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
