import AsyncHTTPClient
import Evidence
import Foundation
import Kernel
import Logging
import NIOCore
import NIOHTTP1
import Platform
import TestSupport
import Testing

@testable import Audit
@testable import Wallet

// brand-global: test: what a superuser does behind our backs
@Suite("Witnesses of a brand's log")
struct LogWitnessTests {
  /// What a `wallet_worker` has for its witnesses.
  private struct Asker {
    let worker: LogWitnessWorker
    let registry = MetricsRegistry()

    init(_ bench: LogBench, policy: String) throws {
      worker = LogWitnessWorker(
        policy: try TrustPolicy(text: Array(policy.utf8)), database: bench.wallet.app,
        logs: LogCatalog(brands: BrandCatalog(database: bench.wallet.app), sources: [WalletLedgerSource()]),
        http: ForeignClient(http: .shared, answerBytesMax: LogWitnessWorker.answerBytesMax), registry: registry,
        logger: Logger(label: "test"))
    }

    func shows(_ line: String) -> Bool { registry.exposition(.prometheus).contains(line + "\n") }
  }

  /// The operator's key, as a witness's list and `cordon-verify --keys` take it.
  private static func operatorKey() throws -> String {
    let key = try #require(SigningKey(seed: LogBench.seed))
    return try key.verifierKey(try #require(LogBench.trusted?.keysName)).description
  }

  @Test(
    "real witnesses cosign each brand's log; receipts and bundles carry it, and cordon-verify accepts them with a policy that they satisfy")
  func cosigned() async throws {
    // Each brand's house runs a witness; they watch each other's logs and their own.
    try await TestWitness.lease([try Self.operatorKey()], name: "house-one.example/witness") { one in
      try await TestWitness.lease([try Self.operatorKey()], name: "house-two.example/witness") { two in
        let names = "witness w1 \(one.publicKey)\nwitness w2 \(two.publicKey)\ngroup both all w1 w2\nquorum both\n"
        try await LogBench.run(policy: names) { bench in
          try await bench.play(150)
          try await bench.wallet.deposit(7, brand: 2)
          for brand in [1, 2] { try await bench.sign(brand: Int64(brand)) }
          try await one.serve { urlOne in
            try await two.serve { urlTwo in
              let asker = try Asker(bench, policy: Self.policy([("w1", one, urlOne), ("w2", two, urlTwo)]))
              await asker.worker.round()
              try await bench.play(150)
              for brand in [1, 2] { try await bench.sign(brand: Int64(brand)) }
              await asker.worker.round()
              #expect(try await bench.cosigned() == "1:300 1:300 1:600 1:600 2:2 2:2")
              #expect(
                asker.registry.exposition(.prometheus).contains(
                  #"evidence_witness_age_seconds{brand_code="brand2",ledger="wallet_ledger",witness="w1"}"#))
            }
          }
          let folder = bench.directory
          try names.write(toFile: folder + "/both.policy", atomically: true, encoding: .utf8)
          let stranger = try SigningKey().verifierKey(try #require(KeyName("stranger.example/witness")), .cosignature)
          try names.replacing("both all w1 w2", with: "both all w1 w2 w3").replacing("group", with: "witness w3 \(stranger)\ngroup")
            .write(toFile: folder + "/three.policy", atomically: true, encoding: .utf8)
          let receipt = try await bench.wallet.get("/internal/wallet/log/receipts/300").text
          #expect(receipt.contains("\u{2014} house-one.example/witness ") && receipt.contains("\u{2014} house-two.example/witness "))
          #expect(try verify(receipt, bench, "both") == 0)
          #expect(try verify(receipt, bench, "three") == 3)
          let other = try await bench.wallet.get("/internal/wallet/log/receipts/2", brand: "2").text
          #expect(try verify(other, bench, "both") == 0)
          let checkpoint = try await bench.wallet.get("/internal/wallet/log/checkpoint").text
          #expect(try SignedCheckpoint(bytes: Array(checkpoint.utf8)).note.signatures.count == 4)
          // What is new has a receipt at once; its cosignatures follow.
          try await bench.play(1)
          try await bench.sign()
          let early = try await bench.wallet.get("/internal/wallet/log/receipts/602").text
          #expect(try verify(early, bench, "both") == 3 && verify(early, bench, nil) == 0)
          #expect(try await verify(bench.wallet.get("/internal/wallet/log/receipts/600").text, bench, "both") == 0)
        }
      }
    }
  }

  @Test(
    "a witness that is away stops nothing and grows old; when it is back it goes on from what it knows, also for a worker that knows nothing"
  )
  func away() async throws {
    try await TestWitness.lease([try Self.operatorKey()]) { witness in
      try await LogBench.run { bench in
        let port = try FreePort.next()
        let asker = try Asker(bench, policy: Self.policy([("w1", witness, "http://127.0.0.1:\(port)")]))
        try await bench.play(5)
        try await bench.sign()
        await asker.worker.round()
        #expect(asker.shows(#"evidence_witness_refused{brand_code="default",ledger="wallet_ledger",witness="w1",reason="unreachable"} 1"#))
        try await bench.play(5)
        #expect(try await bench.sign()?.size == 20)
        let run = try witness.start(listen: "127.0.0.1:\(port)")
        _ = try await witness.url(of: run)
        await asker.worker.round()
        #expect(asker.shows(#"evidence_witness_refused{brand_code="default",ledger="wallet_ledger",witness="w1",reason="unreachable"} 0"#))
        try await bench.plant("DELETE FROM evidence.log_cosignature")
        try await bench.play(5)
        try await bench.sign()
        // The worker asks from the beginning, and is told where the witness is.
        await asker.worker.round()
        #expect(try await bench.cosigned() == "1:30")
        run.signal(SIGKILL)
        _ = await run.status()
      }
    }
  }

  @Test("two histories that one key signs: the witness cosigns the first, and tells the worker of the second")
  func splitView() async throws {
    try await TestWitness.lease([try Self.operatorKey()]) { witness in
      try await witness.serve { url in
        let policy = Self.policy([("w1", witness, url)])
        try await LogBench.run { bench in
          try await bench.play(10)
          try await bench.sign()
          await (try Asker(bench, policy: policy)).worker.round()
          #expect(try await bench.cosigned() == "1:20")
        }
        // A second database of the same brand, signed with the same key.
        try await LogBench.run { bench in
          try await bench.play(20)
          try await bench.sign()
          let asker = try Asker(bench, policy: policy)
          await asker.worker.round()
          #expect(
            asker.shows(#"evidence_witness_refused{brand_code="default",ledger="wallet_ledger",witness="w1",reason="inconsistent"} 1"#))
          #expect(try await bench.cosigned() == "")
        }
      }
    }
  }

  @Test("a witness whose folder was set back is shown what it cosigned, and cosigns nothing more")
  func setBack() async throws {
    try await TestWitness.lease([try Self.operatorKey()]) { witness in
      try await LogBench.run { bench in
        let backup = witness.folder + "/backup"
        for (round, size) in [(0, "1:10"), (1, "1:10 1:20")] {
          try await bench.play(5)
          try await bench.sign()
          try await witness.serve { url in await (try Asker(bench, policy: Self.policy([("w1", witness, url)]))).worker.round() }
          #expect(try await bench.cosigned() == size)
          if round == 0 { try FileManager.default.copyItem(atPath: witness.state, toPath: backup) }
        }
        try FileManager.default.removeItem(atPath: witness.state)
        try FileManager.default.copyItem(atPath: backup, toPath: witness.state)
        try await bench.play(5)
        try await bench.sign()
        try await witness.serve { url in
          let asker = try Asker(bench, policy: Self.policy([("w1", witness, url)]))
          for _ in 0..<2 {
            await asker.worker.round()
            #expect(
              asker.shows(#"evidence_witness_refused{brand_code="default",ledger="wallet_ledger",witness="w1",reason="state_lost"} 1"#))
          }
          #expect(try await HTTPClient.shared.get(url: url + "/readyz").get().status.code == 503)
        }
        #expect(try await bench.cosigned() == "1:10 1:20")
      }
    }
  }

  @Test("a cosignature that somebody altered in the database is left out, instead of spoiling what is served")
  func altered() async throws {
    try await TestWitness.lease([try Self.operatorKey()]) { witness in
      try await LogBench.run(policy: "witness w1 \(witness.publicKey)\nquorum w1\n") { bench in
        try await bench.play(5)
        try await bench.sign()
        try await witness.serve { url in await (try Asker(bench, policy: Self.policy([("w1", witness, url)]))).worker.round() }
        #expect(try await bench.wallet.get("/internal/wallet/log/checkpoint").text.contains(witness.name))
        try await bench.plant("UPDATE evidence.log_cosignature SET signature = set_byte(signature, 20, get_byte(signature, 20) # 1)")
        let checkpoint = try await bench.wallet.get("/internal/wallet/log/checkpoint")
        #expect(checkpoint.status == 200 && !checkpoint.text.contains(witness.name))
        #expect(try await verify(bench.wallet.get("/internal/wallet/log/receipts/3").text, bench, nil) == 0)
      }
    }
  }

  private static func policy(_ witnesses: [(name: String, witness: TestWitness, url: String)]) -> String {
    witnesses.map { "witness \($0.name) \($0.witness.publicKey) \($0.url)\n" }.joined() + "quorum none\n"
  }

  /// - Returns: the exit status of `cordon-verify`, which gets nothing but these files.
  private func verify(_ receipt: String, _ bench: LogBench, _ policy: String?) throws -> Int32 {
    let (file, keys) = (bench.directory + "/entry.tlog-proof", bench.directory + "/trusted.keys")
    try receipt.write(toFile: file, atomically: true, encoding: .utf8)
    try "\(Self.operatorKey())\n".write(toFile: keys, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(filePath: CordonProgram.path + "-verify")
    process.arguments = [file, "--keys", keys] + (policy.map { ["--policy", "\(bench.directory)/\($0).policy"] } ?? [])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
