import Foundation
import Platform
import TestSupport
import Testing

/// One key pair as `cordon keys generate` makes it, under a key id of the test's.
struct JWTPair {
  let id: String
  let privateKey: String
  let publicKey: String

  static func make(_ id: String) async throws -> JWTPair {
    let lines = DotenvFile.parse(try await CordonProgram().run("keys", "generate").output).lines
    let values = Dictionary(lines.map { ($0.name, $0.value) }) { $1 }
    let keys = try JSONDecoder().decode([String: String].self, from: Data((values["JWT_PUBLIC_KEYS"] ?? "").utf8))
    return JWTPair(id: id, privateKey: try #require(values["JWT_PRIVATE_KEY"]), publicKey: try #require(keys.values.first))
  }
}
