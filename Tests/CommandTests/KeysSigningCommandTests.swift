import Foundation
import TestSupport
import Testing

@Suite("cordon keys signing")
struct KeysSigningCommandTests {
  @Test("create makes a key that its owner alone reads, with its history, and never writes over one; show prints what people trust")
  func createAndShow() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/cordon-signing-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/signing.key"
    let program = CordonProgram()
    let bad = try await program.run("keys", "signing", "create", "--operator-name", "Not a name", "--out", file)
    #expect(bad.status == 2 && !FileManager.default.fileExists(atPath: file))
    let made = try await program.run("keys", "signing", "create", "--operator-name", "wallets.example.com", "--out", file)
    #expect(made.status == 0 && made.output.hasPrefix("wallets.example.com/keys+"), "\(made.messages)")
    let seed = try String(contentsOfFile: file, encoding: .utf8)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600 && seed.count == 65 && !made.output.contains(seed.dropLast()))
    let again = try await program.run("keys", "signing", "create", "--operator-name", "wallets.example.com", "--out", file)
    #expect(again.status != 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == seed)
    let shown = try await program.run("keys", "signing", "show", "--key", file)
    #expect(shown.status == 0 && shown.output == made.output)
    let history = try await program.run("keys", "signing", "show", "--key", file, "--history")
    #expect(history.output == (try String(contentsOfFile: file + ".history", encoding: .utf8)))
    let missing = try await program.run("keys", "signing", "show", "--key", folder + "/nothing")
    #expect(missing.status == 1 && missing.messages.contains("can't be read"))
  }
}
