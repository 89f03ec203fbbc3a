import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Audit

/// `cordon evidence preserve`, and what a stranger makes of its folder.
@Suite("A case folder")
struct CaseFolderTests {
  @Test(
    "S4-INC-08 S4-EXP-06 S4-EXP-07 S4-EXP-05 one time gives one read-only folder that is verified offline, repeats byte for byte although the log has grown, and holds no secret",
    .timeLimit(.minutes(3)))
  func preserved() async throws {
    try await ExportBench.run(entries: 300) { bench in
      try await Self.later(bench, 301)
      let attached = "evidence of a ticket"
      try bench.write("ticket.log", Array(attached.utf8))
      let first = try bench.preserve("case-1", "--attach", bench.path("ticket.log"))
      #expect(first.status == 0, "\(first.messages) \(first.output)")
      #expect(first.output.contains("recovery_audit") && first.output.contains("no_entries"))
      try await Self.later(bench, 302)
      #expect(try bench.preserve("case-2", "--attach", bench.path("ticket.log")).status == 0)
      let own = ["manifest.json", "manifest.dsse", "SHA256SUMS"]
      let differing = try bench.run(
        ["/usr/bin/diff", "-rq"] + own.map { "--exclude=\($0)" } + [bench.path("case-1"), bench.path("case-2")])
      #expect(differing.status == 0, "\(differing.output)")
      let names = Set(try FileManager.default.subpathsOfDirectory(atPath: bench.path("case-1")))
      #expect(
        names.isSuperset(of: [
          "README.txt", "keys/trusted.keys", "keys/history", "ledgers/brand-1.recovery_audit.bundle", "attachments/ticket.log",
          "verification/brand-1.recovery_audit.json", "correlation/brand-1.recovery_audit.jsonl",
        ]), "\(names.sorted())")
      let lines = try #require(String(bytes: bench.contents("case-1/correlation/brand-1.recovery_audit.jsonl"), encoding: .utf8))
      #expect(lines.split(separator: "\n").count == 300)
      #expect(lines.split(separator: "\n")[1].contains(#""number":2,"request_id":"r-2""#), "\(lines.prefix(200))")
      // Written once.
      for name in names {
        let mode = try #require(try FileManager.default.attributesOfItem(atPath: bench.path("case-1/\(name)"))[.posixPermissions] as? Int)
        #expect(mode == 0o440 || mode == 0o550, "\(name) \(String(mode, radix: 8))")
      }
      #expect(try bench.preserve("case-1").status == 5)
      try bench.write("case-3.part", Array("in the way".utf8))
      #expect(try bench.preserve("case-3").status == 5 && !bench.isThere("case-3"))
      // As the folder says it, with nothing but it and the keys.
      #expect(try bench.run(["/bin/sh", "-c", "cd '\(bench.path("case-1"))' && sha256sum -c --quiet --strict SHA256SUMS"]).status == 0)
      let verified = try bench.verify("case-1")
      #expect(verified.status == 0 && verified.output.hasPrefix("verified\n"), "\(verified.output)\(verified.messages)")
      let json = try bench.verify("case-1", "--json").output
      #expect(try bench.verify("case-1/", "--json").output == json)
      #expect(json.hasPrefix(#"{"result":"verified","case":{"version":1,"operator":"test.example","case":"INC-7","#), "\(json.prefix(200))")
      try Self.holdsNoSecret(bench, names)
      let audited = try await bench.ledgers.database.psql(
        // brand-global: test: what the program audited
        "SELECT resource_key || ' ' || operator_id FROM cordon.admin_audit WHERE action = 'EVIDENCE_PRESERVE' AND brand_id = 1 LIMIT 1")
      #expect(audited == "INC-7 auditor")
    }
  }

  /// An entry of a later time, so that a checkpoint was signed after the time of the case.
  private static func later(_ bench: ExportBench, _ number: Int) async throws {
    try await Task.sleep(for: .milliseconds(2100))
    try await bench.ledgers.write(bench.rows(number...number), brand: 1)
    try await bench.ledgers.sign(bench.log)
  }

  private static func holdsNoSecret(_ bench: ExportBench, _ names: Set<String>) throws {
    let password = try #require(URLComponents(string: bench.ledgers.database.url)?.password)
    let secrets = [
      [UInt8](repeating: 7, count: 32), Array(String(repeating: "07", count: 32).utf8), Array(password.utf8), Array("PRIVATE KEY".utf8),
      Array(bench.ledgers.database.url.utf8),
    ]
    for name in names.sorted() {
      guard let bytes = FileManager.default.contents(atPath: bench.path("case-1/\(name)")) else { continue }
      for secret in secrets { #expect(bytes.range(of: Data(secret)) == nil, "\(name)") }
    }
    try bench.write("leak.log", Array("DATABASE_URL=\(bench.ledgers.database.url)".utf8))
    try bench.write("key.log", Array(String(repeating: "07", count: 32).utf8))
    for file in ["leak.log", "key.log"] {
      let refused = try bench.preserve("case-4", "--attach", bench.path(file))
      #expect(refused.status == 2 && refused.messages.contains("secret") && !bench.isThere("case-4"), "\(refused.messages)")
    }
    #expect(try bench.preserve("case-4", "--certificate", bench.path("leak.log")).status == 2 && !bench.isThere("case-4.part"))
  }

  @Test(
    "S4-EXP-07 every file that is changed, taken away or added is found, and a manifest of somebody else is nobody's",
    .timeLimit(.minutes(3)))
  func tampered() async throws {
    try await ExportBench.run(entries: 20) { bench in
      try await Self.later(bench, 21)
      #expect(try bench.preserve("case").status == 0)
      let names = try FileManager.default.subpathsOfDirectory(atPath: bench.path("case")).filter { name in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: bench.path("case/\(name)"), isDirectory: &isFolder) && !isFolder.boolValue
      }
      for name in names {
        let bytes = try bench.contents("case/\(name)")
        var changed = bytes
        changed[changed.count / 2] ^= 1
        try bench.replace("case/\(name)", changed)
        let found = try bench.verify("case")
        let own = ["manifest.dsse", "keys/history"].contains(name)
        #expect(found.status == 3 && (own || found.output.contains("\(name): manifest mismatch")), "\(name): \(found.output)")
        try bench.replace("case/\(name)", nil)
        #expect(try bench.verify("case").status == 3, "\(name) is gone")
        try bench.replace("case/\(name)", bytes)
      }
      try bench.replace("case/ledgers/extra", [1])
      #expect(try bench.verify("case").output.contains("ledgers/extra: something stands here that was not preserved"))
      try bench.replace("case/ledgers/extra", nil)
      try FileManager.default.createSymbolicLink(atPath: bench.path("case/link"), withDestinationPath: "README.txt")
      #expect(try bench.verify("case").status == 3)
      try bench.remove("case/link")
      #expect(try bench.verify("case").status == 0)
      // Somebody else's key, who makes everything else fit.
      let stranger = try #require(SigningKey(seed: [UInt8](repeating: 9, count: 32)))
      let signed = try SignedEnvelope(
        payloadType: CaseManifest.payloadType, payload: bench.contents("case/manifest.json"), signedBy: stranger)
      let manifest = try CaseManifest(payload: signed.payload)
      try bench.replace("case/manifest.dsse", signed.bytes)
      try bench.replace("case/SHA256SUMS", manifest.sums(signed: signed.bytes))
      let untrusted = try bench.verify("case")
      #expect(untrusted.status == 3 && untrusted.output.contains("(untrusted)"), "\(untrusted.output)")
    }
  }

  @Test(
    "S4-INC-06 S4-INC-08 a ledger that was tampered with is preserved as it is: the verifier names the chain mismatch and the entry, and so does the program",
    .timeLimit(.minutes(2)))
  func tamperedLedger() async throws {
    try await ExportBench.run(entries: 300) { bench in
      try await Self.later(bench, 301)
      try await bench.ledgers.plant(
        "UPDATE cordon.recovery_audit SET subject_id = 99 WHERE brand_id = 1 AND seq = 120", in: "cordon.recovery_audit")
      let preserved = try bench.preserve("case")
      #expect(preserved.status == 3 && preserved.messages.contains("brand-1.recovery_audit"), "\(preserved.messages)")
      let found = try bench.verify("case")
      #expect(found.status == 3 && found.output.contains("recovery_audit, entry 120: chain mismatch"), "\(found.output)")
      // A row that is gone leaves nothing to export, and the others are preserved.
      try await bench.ledgers.plant(
        "DELETE FROM cordon.recovery_audit WHERE brand_id = 1 AND seq = 130", in: "cordon.recovery_audit")
      #expect(try bench.preserve("gone").status == 3)
      #expect(bench.isThere("gone/verification/brand-1.recovery_audit.refusal.txt") && !bench.isThere("gone/ledgers"))
      let open = try bench.verify("gone")
      #expect(open.status == 3 && open.output.contains("recovery_audit: NOT PROVEN"), "\(open.output)")
    }
  }
}
