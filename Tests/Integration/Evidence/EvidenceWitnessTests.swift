import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

/// The logs of a running stack as everybody sees them: through the gateway, cosigned, and as files.
@Suite("Witnesses and public tiles of a running stack", .serialized)
struct EvidenceWitnessTests {
  @Test(
    "with a dead witness the stack signs; with a living one the gateway serves cosigned checkpoints and tiles with cache rules, and a reader made from the C2SP texts verifies what is published",
    .timeLimit(.minutes(4)))
  func witnessed() async throws {
    try await TestWitness.lease([]) { living in
      try await TestWitness.lease([], name: "dead.example/witness") { dead in
        let port = try FreePort.next()
        let policy = living.folder + "/policy"
        try """
        witness living \(living.publicKey) http://127.0.0.1:\(port)
        witness dead \(dead.publicKey) http://127.0.0.1:\(try FreePort.next())
        group one any living dead
        quorum one

        """.write(toFile: policy, atomically: true, encoding: .utf8)
        try await RunningStack.run(settings: ["WITNESS_POLICY_FILE": policy]) { stack in
          try await Self.play(stack, living, port: port, policy: policy)
        }
      }
    }
  }

  private static func play(_ stack: RunningStack, _ living: TestWitness, port: Int, policy: String) async throws {
    let brand = stack.brands[0]
    let player = try await stack.player("witness", on: brand)
    try await deposit(100, player, stack)
    _ = try await receipt(2, brand, stack)
    // Nobody has cosigned anything yet, and the metrics say it. Each round waits ten seconds for a witness that isn't there, and the first may
    // have begun before this log was signed.
    try await eventually("the worker tells of its witnesses", within: .seconds(60)) {
      let text = try await stack.client.send("GET", "/metrics", at: stack.url(.walletWorker)).text
      return ["living", "dead"].allSatisfy {
        text.contains(
          "evidence_witness_refused{brand_code=\"\(brand.code)\",ledger=\"wallet_ledger\",witness=\"\($0)\",reason=\"unreachable\"} 1")
      }
    }
    let program = CordonProgram(environment: ["CORDON_ENV": "local", "WITNESS_POLICY_FILE": policy])
    let keys = try await program.run("keys", "signing", "show", "--key", try #require(stack.settings["SIGNING_KEY_FILE"])).output
    try keys.write(toFile: living.logsFile, atomically: true, encoding: .utf8)
    let run = try living.start(listen: "127.0.0.1:\(port)")
    defer { run.signal(SIGKILL) }
    _ = try await living.url(of: run)
    try await deposit(200, player, stack)
    let log = "/log/brand/\(brand.id)/wallet_ledger"
    let checkpoint = try await eventually("the gateway serves a cosigned checkpoint of four entries", within: .seconds(60)) {
      () -> StackReply? in
      let reply = try await stack.client.send("GET", log + "/checkpoint", at: stack.url(.gateway), host: brand.host)
      return reply.status == 200 && reply.text.contains("\n4\n") && reply.text.contains("\u{2014} \(living.name) ") ? reply : nil
    }
    #expect(checkpoint.headers["cache-control"] == "public, max-age=5")
    try await surface(brand, log, stack)
    try await receipts(brand, keys, living, policy, stack)
    try await published(brand, keys, living, program, stack)
    try await platform(living, policy, program, stack)
  }

  /// What operators did on the platform itself is watched as the brands' logs are. The files are those of ``receipts(_:_:_:_:_:)``.
  private static func platform(_ living: TestWitness, _ policy: String, _ program: CordonProgram, _ stack: RunningStack) async throws {
    try await eventually("the platform's log is cosigned", within: .seconds(30)) {
      try await stack.psql("SELECT count(*) > 0 FROM evidence.platform_log_cosignature WHERE ledger = 'admin_audit'") == "t"
    }
    let bundle = living.folder + "/platform.bundle"
    let made = try await program.run(
      "evidence", "export", "--config", stack.configurationFile, "--platform", "--ledger", "admin_audit", "--from", "1", "--to", "1",
      "--out", bundle, "--operator-id", "ops:auditor", "--reason", "witnessed")
    #expect(made.status == 0, "\(made.messages)")
    func verify(_ policy: String) throws -> (status: Int32, output: String) {
      try run([CordonProgram.path + "-verify", bundle, "--keys", living.folder + "/trusted.keys", "--policy", policy])
    }
    let accepted = try verify(policy)
    #expect(accepted.status == 0, "\(accepted.output)")
    #expect(try verify(living.folder + "/all.policy").status == 3)
  }

  /// What the door of a brand shows, and what it doesn't.
  private static func surface(_ brand: StackBrand, _ log: String, _ stack: RunningStack) async throws {
    func get(_ path: String) async throws -> StackReply {
      try await stack.client.send("GET", path, at: stack.url(.gateway), host: brand.host)
    }
    let tile = try await get(log + "/tile/0/000.p/4")
    #expect(tile.status == 200 && tile.body.count == 4 * 32)
    #expect(tile.headers["cache-control"]?.contains("immutable") == true)
    #expect(try await get(log + "/tile/0/000.p/2").body == Array(tile.body.prefix(64)))
    let absent = [
      "/tile/0/000.p/5", "/tile/0/000", "/tile/1/000.p/1", "/tile/8/000", "/tile/0/x000/000", "/tile/0/000.p/0", "/tile/entries/000.p/4",
    ]
    let other = "/log/brand/\(stack.brands[1].id)/wallet_ledger"
    for path in absent.map({ log + $0 }) + ["/log/brand/\(brand.id)/nothing/checkpoint", other + "/checkpoint", other + "/tile/0/000.p/4"] {
      let reply = try await get(path)
      #expect(reply.status == 404 && reply.reason == "not_found", "\(path): \(reply.status) \(reply.text)")
    }
  }

  private static func receipts(
    _ brand: StackBrand, _ keys: String, _ living: TestWitness, _ policy: String, _ stack: RunningStack
  ) async throws {
    let (file, trusted) = (living.folder + "/entry.tlog-proof", living.folder + "/trusted.keys")
    try keys.write(toFile: trusted, atomically: true, encoding: .utf8)
    try Data(try await receipt(4, brand, stack).body).write(to: URL(filePath: file))
    let all = living.folder + "/all.policy"
    try String(contentsOfFile: policy, encoding: .utf8).replacing("group one any", with: "group one all")
      .write(toFile: all, atomically: true, encoding: .utf8)
    #expect(try run([CordonProgram.path + "-verify", file, "--keys", trusted, "--policy", policy]).status == 0)
    let refused = try run([CordonProgram.path + "-verify", file, "--keys", trusted, "--policy", all])
    #expect(refused.status == 3 && refused.output.contains("too few witnesses"), "\(refused.output)")
  }

  private static func published(
    _ brand: StackBrand, _ keys: String, _ living: TestWitness, _ program: CordonProgram, _ stack: RunningStack
  ) async throws {
    let folder = living.folder + "/public"
    let publish = try await program.run("evidence", "publish", "--config", stack.configurationFile, "--to", folder)
    #expect(publish.status == 0 && publish.output.contains("cordon.local/brand/\(brand.id)/wallet_ledger"), "\(publish.messages)")
    let key = try #require(keys.split(separator: "\n").last?.split(separator: "+", maxSplits: 2).last)
    let reader = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/SecondVerifier/tiles.py"
    let log = "\(folder)/log/brand/\(brand.id)/wallet_ledger"
    let origin = "cordon.local/brand/\(brand.id)/wallet_ledger"
    let id = try run([
      "/usr/bin/env", "python3", "-c",
      "import sys,base64,hashlib;print(hashlib.sha256(sys.argv[1].encode()+b'\\n'+base64.b64decode(sys.argv[2])).hexdigest()[:8])", origin,
      String(key),
    ]).output.trimmingCharacters(in: .newlines)
    let read = try run(["/usr/bin/env", "python3", "-B", reader, log, "\(origin)+\(id)+\(key)", "--witness", living.publicKey])
    #expect(read.status == 0 && read.output.hasPrefix("verified 4 "), "\(read.output)")
  }

  private static func receipt(_ seq: Int64, _ brand: StackBrand, _ stack: RunningStack) async throws -> StackReply {
    try await eventually("entry \(seq) has its receipt") {
      let reply = try await stack.client.send(
        "GET", "/internal/wallet/log/receipts/\(seq)", at: stack.url(.walletService), headers: stack.headers(of: .admin, brand))
      return reply.status == 200 ? reply : nil
    }
  }

  private static func deposit(_ amount: Int64, _ player: StackPlayer, _ stack: RunningStack) async throws {
    let reply = try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):witness:\(amount)",
      body: WalletDepositBody(player: player.id, amount: amount, currency: player.brand.currency),
      headers: stack.headers(of: .admin, player.brand))
    #expect(reply.status == 201, "\(reply.text)")
  }

  private static func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
