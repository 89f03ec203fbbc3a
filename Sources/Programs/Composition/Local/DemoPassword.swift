internal import Foundation

/// The password of the demonstration's operator: made once, kept beside the secrets in a file that only its owner reads.
struct DemoPassword: Sendable {
  let path: String

  init(directory: String) { path = directory + "/demo-operator-password" }

  func load() throws -> String {
    if let kept = FileManager.default.contents(atPath: path).flatMap({ String(validating: $0, as: UTF8.self) }), !kept.isEmpty {
      return kept
    }
    let password = RandomPassword.make()
    guard FileManager.default.createFile(atPath: path, contents: Data(password.utf8), attributes: [.posixPermissions: 0o600]) else {
      throw SecretFault("\(path) can't be written")
    }
    return password
  }
}
