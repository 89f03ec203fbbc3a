internal import Glibc
internal import Kernel

/// The directory that keeps the private servers' data, secrets and logs between runs.
package struct ServerDirectory: Sendable {
  /// Absolute.
  package let path: String
  /// Set when the data had to go elsewhere than was asked: one sentence that says where and why.
  package let notice: String?

  /// Where data goes when the servers' account can't enter the directory that was asked for.
  static let fallbackRoot = "/var/lib/cordon"

  /// Makes the directory. As root its parents may be closed to the servers' account (a checkout under `/root`); then a directory
  /// under `/var/lib/cordon`, named after the path that was asked for, takes its place, and `location` in the first says so.
  package static func prepare(_ requested: String) async throws(PrivateServerError) -> ServerDirectory {
    let path = ServerFiles.absolute(requested)
    let account = try ServerAccount.unprivileged(PrivatePostgres.accounts)
    try make(path, for: account)
    if try await canEnter(path, account) { return ServerDirectory(path: path, notice: nil) }

    let fallback = "\(fallbackRoot)/\(fingerprint(of: path))"
    try make(fallback, for: account)
    guard try await canEnter(fallback, account) else {
      throw PrivateServerError(.directory, "the account \(account.name) can enter neither \(path) nor \(fallback)")
    }
    try ServerFiles.write(fallback + "\n", to: "\(path)/location", mode: 0o644, owner: .current)
    return ServerDirectory(
      path: fallback, notice: "\(path) is closed to the account \(account.name), which runs the servers; their data is in \(fallback)")
  }

  /// A directory of its own for one run, for servers whose data is removed with them.
  package static func temporary() throws(PrivateServerError) -> ServerDirectory {
    var template = Array("/tmp/cordon-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw PrivateServerError(.directory, "can't create a directory in /tmp: \(String(cString: strerror(errno)))")
    }
    let path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try make(path, for: ServerAccount.unprivileged(PrivatePostgres.accounts))
    return ServerDirectory(path: path, notice: nil)
  }

  var secrets: String { "\(path)/secrets" }

  /// A server's own part, which belongs to its account and is closed to others.
  func makePart(_ name: String, for account: ServerAccount) throws(PrivateServerError) -> String {
    let part = "\(path)/\(name)"
    try ServerFiles.makeDirectory(part, mode: 0o700, owner: account)
    return part
  }

  /// A secret kept in a 0600 file, made at first use: 64 hexadecimal characters of the system's randomness unless the file says otherwise.
  package func secret(_ name: String) throws(PrivateServerError) -> String {
    let file = "\(secrets)/\(name)"
    if let text = ServerFiles.text(of: file)?.split(separator: "\n").first { return String(text) }
    try ServerFiles.makeDirectory(secrets, mode: 0o700, owner: .current)
    var random = SystemRandomNumberGenerator()
    let secret = Hexadecimal.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    try ServerFiles.write(secret + "\n", to: file, mode: 0o600, owner: .current)
    return secret
  }

  /// Removes it with everything in it; only for ``temporary()`` ones, after their servers have stopped.
  package func remove() async {
    guard let rm = ServerLocator.program("rm") else { return }
    await (try? ChildProcess([rm, "-rf", "--", path], output: nil))?.exitCode()
  }

  /// Root's directory lets the servers' account through to its own part, and nobody list it.
  private static func make(_ path: String, for account: ServerAccount) throws(PrivateServerError) {
    try ServerFiles.makeDirectory(path, mode: account.isOther ? 0o711 : 0o700, owner: .current)
  }

  /// Asked by trying, as that account: mount options and access lists count too.
  private static func canEnter(_ path: String, _ account: ServerAccount) async throws(PrivateServerError) -> Bool {
    guard account.isOther else { return true }
    let test = ServerLocator.program("test") ?? "/usr/bin/test"
    let child = try ChildProcess(account.wrapping([test, "-x", path]), output: nil)
    return await child.exitCode() == 0
  }

  /// FNV-1a: a short name that is the same for the same path; nobody attacks it.
  private static func fingerprint(of path: String) -> String {
    let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return Hexadecimal.encode((0..<8).reversed().map { UInt8(truncatingIfNeeded: hash >> UInt64($0 * 8)) })
  }
}
