import Composition
import Contracts
import Foundation
import HTTPTypes
import Kernel
import Platform
import TestSupport
import Testing

/// The audit against real stacks. One at a time: each runs a whole stack.
@Suite("The isolation audit", .serialized)
struct IsolationAuditTests {
  private static let plisio = ["PLISIO_SECRET_KEYS": #"{"default":"0123456789abcdef-default","brand2":"0123456789abcdef-brand2"}"#]
  private static let roles = ["GATEWAY", "PLAYER_SERVICE", "WALLET_SERVICE", "WALLET_WORKER", "GAME_SERVICE", "ADMIN_SERVICE"]

  private struct Described: Decodable {
    let paths: [String: [String: Operation]]

    struct Operation: Decodable {
      let operationId: String
    }
  }

  /// Role and operation of every operation in the documents, read without any code of the audit.
  private func described(_ stack: TwoBrandStack) async throws -> Set<String> {
    var names: Set<String> = []
    for role in Self.roles {
      let reply = try await StackClient().send("GET", "/openapi.json", at: try stack.setting("CORDON_\(role)_URL"))
      let document = try reply.decode(Described.self)
      names.formUnion(document.paths.values.flatMap(\.values).map { "\(role.lowercased()) \($0.operationId)" })
    }
    return names
  }

  @Test("in enforce nothing of the other brand is found, in any operation of any document, and each brand gets a signed certificate")
  func enforce() async throws {
    try await TwoBrandStack.run("enforce", environment: Self.plisio) { stack in
      #expect(try await stack.seed() == 0)
      let folder = stack.directory + "/certificates"
      let answer = try await stack.auditIsolation("--certificate-dir", folder, environment: Self.plisio)
      #expect(answer.lines == [])
      #expect(answer.status == 0 && answer.isolated && answer.mode == "enforce")
      let all = try await described(stack)
      #expect(all.count == answer.operations && all.count > 190)
      #expect(all.subtracting(answer.outcomes.map { "\($0.role) \($0.operation)" }) == [], "every operation has an outcome")
      #expect(answer.outcomes.allSatisfy { $0.outcome != "closed" && $0.outcome != "failed" })
      for part in ["path", "query", "header", "body", "argument"] {
        #expect(answer.outcomes.contains { $0.place?.hasPrefix(part) == true }, "\(part)")
      }
      try await certificates(folder, stack)
      try await planted(stack)
    }
  }

  private func certificates(_ folder: String, _ stack: TwoBrandStack) async throws {
    let keys = stack.directory + "/trusted.keys"
    let shown = try await CordonProgram().run("keys", "signing", "show", "--key", try stack.setting("SIGNING_KEY_FILE"))
    try shown.output.write(toFile: keys, atomically: true, encoding: .utf8)
    let files = [1, 2].map { "\(folder)/brand-\($0).isolation.json" }
    let checked = try await CordonProgram().run(["audit", "certificate"] + files + ["--keys", keys])
    #expect(checked.status == 0, "\(checked.output)\(checked.messages)")
    #expect(checked.output.contains("brand-1.isolation.json: isolated") && checked.output.contains("brand-2.isolation.json: isolated"))
    let bytes = try #require(FileManager.default.contents(atPath: files[0]))
    var changed = bytes
    changed[40] ^= 1
    try changed.write(to: URL(filePath: files[0]))
    #expect(try await CordonProgram().run(["audit", "certificate"] + files + ["--keys", keys]).status == 3)
    try bytes.write(to: URL(filePath: files[0]))
    let other = stack.directory + "/other.key"
    #expect(try await CordonProgram().run("keys", "signing", "create", "--operator-name", "cordon.local", "--out", other).status == 0)
    let strangers = try await CordonProgram().run("keys", "signing", "show", "--key", other)
    try strangers.output.write(toFile: keys, atomically: true, encoding: .utf8)
    #expect(try await CordonProgram().run(["audit", "certificate"] + files + ["--keys", keys]).status == 3)
  }

  /// What each of these would do unnoticed, the audit finds.
  private func planted(_ stack: TwoBrandStack) async throws {
    // A key without its brand tells one brand which account names the other has.
    let last = try await stack.psql("SELECT max(player_id) FROM cordon.player")
    try await stack.psql("CREATE UNIQUE INDEX planted_account ON cordon.player (account_key) WHERE player_id > \(last)")
    // brand-global: test: the leak that must be found; as the superuser's function it passes the row-level security that holds every service.
    try await stack.psql(
      """
      CREATE FUNCTION public.planted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN UPDATE cordon.brand_config SET updated_at = updated_at + interval '1 second' WHERE brand_id <> NEW.brand_id; RETURN NULL; END $$;
      CREATE TRIGGER planted AFTER INSERT ON wallet.wallet_command FOR EACH ROW EXECUTE FUNCTION public.planted();
      """)
    try await stack.redis(["SET", "planted:key", "1"])
    let folder = stack.directory + "/failed"
    let answer = try await withExtraRoute { url in
      try await stack.auditIsolation(
        "--certificate-dir", folder, "--set", "CORDON_WALLET_WORKER_URL=\(url)", environment: Self.plisio)
    }
    #expect(answer.status == 3 && !answer.isolated)
    let found = answer.lines
    func finds(_ kind: String, _ words: String...) -> Bool {
      found.contains { line in line.hasPrefix("\(kind): ") && words.allSatisfy { line.contains($0) } }
    }
    #expect(finds("coverage", "wallet_worker", "plantedRoute"), "\(found)")
    #expect(finds("difference", "gateway", "postPlayers", "body account"), "\(found)")
    #expect(finds("change", "table cordon.brand_config"), "\(found)")
    #expect(finds("redis", "planted:key"), "\(found)")
    #expect(finds("catalogue", "planted"), "\(found)")
    // What was found is vouched for too.
    let keys = stack.directory + "/own.keys"
    let shown = try await CordonProgram().run("keys", "signing", "show", "--key", try stack.setting("SIGNING_KEY_FILE"))
    try shown.output.write(toFile: keys, atomically: true, encoding: .utf8)
    let checked = try await CordonProgram().run("audit", "certificate", folder + "/brand-1.isolation.json", "--keys", keys)
    #expect(checked.status == 3 && checked.output.contains("brand-1.isolation.json: failed"), "\(checked.output)\(checked.messages)")
  }

  /// The worker as a release would have it that forgot the table.
  private func withExtraRoute(
    _ body: @escaping @Sendable (String) async throws -> IsolationRunAnswer
  ) async throws -> IsolationRunAnswer {
    let context = try RunningRole.context(.walletWorker)
    let route = Endpoint(
      .get, "/internal/planted/{player_id}", id: "plantedRoute", summary: "Planted", access: .open,
      parameters: [.path("player_id", .identifier, "A player.")], reply: .noContent
    ) { _ in .noContent }
    return try await RunningRole.serve([route], context: context, requestGuard: OpenGuard()) { role in try await body(role.url) }
  }

  private struct OpenGuard: RequestGuard {
    func admit(_ request: GuardedRequest) async throws -> RequestIdentity { .anonymous }
  }

  @Test("in observe, where nothing is rejected, another brand's thing is as absent to callers inside as to those outside")
  func observe() async throws {
    try await TwoBrandStack.run("observe") { stack in
      #expect(try await stack.seed() == 0)
      let answer = try await stack.auditIsolation()
      #expect(answer.lines == [])
      #expect(answer.status == 0 && answer.mode == "observe")
    }
  }
}
