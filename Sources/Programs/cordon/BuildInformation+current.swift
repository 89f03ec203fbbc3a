internal import Glibc
internal import Platform

extension BuildInformation {
  /// This program: the version stands here, the commit in the file `cordon.commit` that `make build` writes beside the program.
  static let current = BuildInformation(version: "0.1.0", commit: commit ?? "unknown")

  private static var commit: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &path, path.count - 1)
    guard length > 0 else { return nil }
    let program = String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return TextInput.read(program + ".commit")?.split(whereSeparator: \.isWhitespace).first.map { String($0) }
  }
}
