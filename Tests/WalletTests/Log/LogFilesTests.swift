import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Audit
@testable import Wallet

// brand-global: test: what a superuser does behind our backs
@Suite("Published logs")
struct LogFilesTests {
  @Test(
    "cordon evidence publish writes what a reader made from the C2SP texts alone verifies, each full tile once, and no entry of a player")
  func published() async throws {
    try await LogBench.run { bench in
      let folder = bench.directory + "/public"
      #expect(try await publish(bench, folder).output.contains("origin") == false)
      try await bench.play(150, "players-secret")
      try await bench.sign()
      let first = try await publish(bench, folder)
      #expect(first.status == 0 && first.output.contains(#""size":300"#) && first.output.contains(#""tiles_written":3"#), "\(first)")
      #expect(try read(folder, bench).output == "verified 300 \(root(folder))")
      let since = bench.directory + "/since"
      try FileManager.default.copyItem(atPath: log(folder) + "/checkpoint", toPath: since)
      let written = try date(log(folder) + "/tile/0/000")
      // A further run without anything new writes no tile.
      #expect(try await publish(bench, folder).output.contains(#""tiles_written":0"#))
      try await bench.play(250, "more")
      try await bench.wallet.deposit(7, brand: 2)
      try await bench.sign()
      try await bench.sign(brand: 2)
      let second = try await publish(bench, folder)
      #expect(second.output.contains(#""size":800"#) && second.output.contains("brand/2/wallet_ledger"))
      #expect(try date(log(folder) + "/tile/0/000") == written)
      let receipt = try Receipt(bytes: Array(try await bench.wallet.get("/internal/wallet/log/receipts/300").text.utf8))
      let leaf = MerkleTree.leafHash(of: try #require(receipt.extra)).description
      let verified = try read(folder, bench, "--since", since, "--leaf", "299", leaf)
      #expect(verified.status == 0 && verified.output == "verified 800 \(root(folder))", "\(verified.output)")
      #expect(try read(folder, bench, "--leaf", "298", leaf).status == 3)
      #expect(try read(folder, bench, brand: 2).status == 0)
      // Hashes and checkpoints are all that is there.
      let files = try #require(FileManager.default.enumerator(atPath: folder)?.allObjects as? [String])
      #expect(!files.contains { $0.contains("entries") || $0.hasSuffix(".part") })
      for file in files {
        let bytes = FileManager.default.contents(atPath: folder + "/" + file) ?? Data()
        #expect(bytes.firstRange(of: Data("players-secret".utf8)) == nil, "\(file)")
      }
      for file in ["/tile/0/000", "/tile/0/003.p/32", "/tile/1/000.p/3", "/checkpoint"] { try plant(log(folder) + file, bench, folder) }
    }
  }

  @Test("a log that doesn't continue what the folder has is refused, and so are another process at work and a folder that can't be read")
  func refused() async throws {
    try await LogBench.run { bench in
      let folder = bench.directory + "/public"
      try await bench.play(20)
      try await bench.sign()
      #expect(try await publish(bench, folder).status == 0)
      let kept = try Data(contentsOf: URL(filePath: log(folder) + "/checkpoint"))
      // Others hold a checkpoint of another history, or of more entries than the database has.
      for (size, reason) in [(Int64(30), "contradicts_published"), (60, "behind_published")] {
        let identity = try #require(bench.signer.log(.walletLedger, of: .brand(bench.id(1))))
        let other = try bench.signer.sign(
          Checkpoint(origin: identity.origin, size: size, root: MerkleTree.emptyRoot), at: Timestamp(seconds: 1_764_028_800))
        try Data(other.bytes).write(to: URL(filePath: log(folder) + "/checkpoint"))
        let run = try await publish(bench, folder)
        #expect(run.status == 3 && run.messages.contains(reason), "\(run.messages)")
        #expect(try Data(contentsOf: URL(filePath: log(folder) + "/checkpoint")) == Data(other.bytes))
      }
      try Data("nothing".utf8).write(to: URL(filePath: log(folder) + "/checkpoint"))
      #expect(try await publish(bench, folder).status == 3)
      try kept.write(to: URL(filePath: log(folder) + "/checkpoint"))
      #expect(try await publish(bench, folder).status == 0)
      let lock = open(folder + "/.lock", O_RDWR)
      defer { close(lock) }
      #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
      #expect(try await publish(bench, folder).status == 5)
    }
  }

  /// A byte that is changed in a published file is found.
  private func plant(_ path: String, _ bench: LogBench, _ folder: String) throws {
    let right = try Data(contentsOf: URL(filePath: path))
    var wrong = right
    wrong[wrong.count / 3] ^= 1
    try wrong.write(to: URL(filePath: path))
    #expect(try read(folder, bench).status != 0, "\(path)")
    try right.write(to: URL(filePath: path))
  }

  private func publish(_ bench: LogBench, _ folder: String) async throws -> (status: Int32, output: String, messages: String) {
    try await CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": bench.wallet.database.url])
      .run("evidence", "publish", "--to", folder, "--json")
  }

  private func log(_ folder: String, brand: Int = 1) -> String { "\(folder)/log/brand/\(brand)/wallet_ledger" }

  private func root(_ folder: String) -> String {
    let note = FileManager.default.contents(atPath: log(folder) + "/checkpoint").map { String(decoding: $0, as: UTF8.self) }
    return note.map { String($0.split(separator: "\n")[2]) } ?? ""
  }

  private func date(_ path: String) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }

  private func read(_ folder: String, _ bench: LogBench, brand: Int = 1, _ more: String...) throws -> (status: Int32, output: String) {
    let origin = try #require(bench.signer.log(.walletLedger, of: .brand(bench.id(Int64(brand))))?.origin)
    let key = try #require(VerifierKey(name: origin, kind: .ed25519, publicKey: bench.signer.history.records[0].publicKey))
    let reader = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/SecondVerifier/tiles.py"
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-B", reader, log(folder, brand: brand), key.description] + more
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self).trimmingCharacters(in: .newlines))
  }
}
