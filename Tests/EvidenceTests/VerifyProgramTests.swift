import Evidence
import Foundation
import Kernel
import Testing

@Suite("The program cordon-verify")
struct VerifyProgramTests {
  /// Runs the program with the sample and its keys at hand.
  private func with(_ body: (VerifyProgram) throws -> Void) throws {
    let program = try VerifyProgram()
    defer { program.end() }
    try program.write("sample.bundle", SampleBundle().bytes())
    try program.write("receipt.tlog-proof", ReceiptTests.receipt().bytes)
    try program.write("keys", "# key 2\n\n\(KeyHistoryTests.vkey(2))\n")
    try program.write("other-keys", "\(KeyHistoryTests.vkey(3))\n")
    try body(program)
  }

  @Test("with the exported file and the keys alone, no environment and no server, it says verified (S4-OFF-01)")
  func alone() throws {
    try with { program throws in
      let (status, output, messages) = try program.run("sample.bundle --keys keys")
      #expect(status == 0 && messages == "")
      #expect(output.hasPrefix("verified\n"))
      #expect(output.contains("wallet_ledger: entries 1-3 of 3, signed 2025-11-25T01:00:00.000000Z with key 2"))
      #expect(output.contains("split view    not judged"))
    }
  }

  @Test("a changed file is refused with the reason and the entry that is wrong, in words and as JSON (S4-OFF-02)")
  func tampered() throws {
    try with { program throws in
      var bytes = try SampleBundle().bytes()
      let place = try #require(bytes.firstRange(of: Array("default:bet-3".utf8))?.lowerBound)
      bytes[place] ^= 1
      try program.write("tampered.bundle", bytes)
      let words = try program.run("tampered.bundle --keys keys")
      #expect(words.status == 3)
      #expect(words.output.hasPrefix("NOT VERIFIED\n"))
      #expect(
        words.output.contains(
          "integrity     FAILED: wallet_ledger, entry 3: chain mismatch: the entry is not the one that the log has in this place (changed)")
      )
      let json = try program.run("tampered.bundle --keys keys --json")
      let report = try ReportShape(json: json.output)
      #expect(json.status == 3 && report.result == "failed")
      let finding = try #require(report.verdicts["integrity"]?.findings?.first)
      #expect((finding.code, finding.ledger, finding.firstEntry, finding.lastEntry) == ("changed", "wallet_ledger", 3, 3))
      #expect(report.verdicts["freshness"]?.state == "not_judged")
    }
  }

  @Test("S4-INC-06 one byte in the middle of a chain is a chain mismatch with its index; an altered anchor is an anchor mismatch")
  func mismatches() throws {
    try with { program throws in
      let bytes = try SampleBundle(walletEntries: SampleBundle.walletEntries(300)).bytes()
      func output(flipping text: String, at offset: Int = 0) throws -> String {
        var changed = bytes
        let place = try #require(bytes.firstRange(of: Array(text.utf8))?.lowerBound)
        changed[place + offset] = changed[place + offset] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        try program.write("changed.bundle", changed)
        let run = try program.run("changed.bundle --keys keys")
        #expect(run.status == 3)
        return run.output
      }
      #expect(try output(flipping: "default:bet-150").contains("FAILED: wallet_ledger, entry 150: chain mismatch"))
      // The head that is signed: its root, and the signature over it.
      let head = "cordon.example/brand/1/wallet_ledger\n300\n"
      #expect(try output(flipping: head, at: head.utf8.count).contains("FAILED: wallet_ledger: anchor mismatch"))
      let signature = "\u{2014} cordon.example/brand/1/wallet_ledger "
      #expect(try output(flipping: signature, at: signature.utf8.count + 20).contains("FAILED: wallet_ledger: anchor mismatch"))
    }
  }

  @Test("the same input has the same output, byte for byte, from a file and from a pipe (S4-OFF-03)")
  func deterministic() throws {
    try with { program throws in
      let lines = ["sample.bundle --keys keys --json", "--json --keys keys sample.bundle"]
      let outputs = try lines.map { try program.run($0) } + [program.run("- --keys keys --json", input: SampleBundle().bytes())]
      #expect(Set(outputs.map(\.output)).count == 1 && outputs.allSatisfy { $0.status == 0 })
      let report = try ReportShape(json: outputs[0].output)
      #expect(report.result == "verified" && report.logs.map(\.treeSize) == [2, 3])
      #expect(Set(report.verdicts.keys) == Set(Verdict.allCases.map(\.rawValue)))
    }
  }

  @Test("only the keys that are given are trusted")
  func trust() throws {
    try with { program throws in
      let (status, output, _) = try program.run("sample.bundle --keys other-keys")
      #expect(status == 3 && output.contains("key validity  FAILED: no key of the history is one that you trust (untrusted)"))
      #expect(try program.run("sample.bundle --keys other-keys --keys keys").status == 0)
    }
  }

  @Test("who trusts the old key accepts what the new one signed by the record of the rotation, and is warned without it (S4-KEY-08)")
  func rotation() throws {
    try with { program throws in
      try program.write("old-keys", "\(KeyHistoryTests.vkey(1))\n")
      #expect(try program.run("sample.bundle --keys old-keys").status == 0)
      var sample = try SampleBundle()
      sample.wallet.earlier = []
      let alone = try KeyRecord(
        first: SignedNoteTests.fixedKey(2), of: sample.manifest.operatorName, from: KeyHistoryTests.start.advanced(bySeconds: 2000))
      sample.history = KeyHistory(first: alone)
      try program.write("alone.bundle", sample.bytes())
      #expect(try program.run("alone.bundle --keys keys").status == 0)
      let (status, output, _) = try program.run("alone.bundle --keys old-keys")
      #expect(status == 3 && output.contains("(untrusted)"))
    }
  }

  @Test("what an entry says can't steer a terminal")
  func terminals() throws {
    try with { program throws in
      let layout = LedgerLayout.of(.adminAudit)
      var values = try layout.values(from: SampleBundle.auditEntries(1)[0])
      values[10] = .text("a\u{1B}[2Jb\u{202E}c")
      let sample = try SampleBundle()
      let log = try SampleBundle.log(
        .adminAudit, [layout.bytes(of: values)], sample.manifest.scope, sample.manifest.operatorName, earlier: [])
      let receipt = Receipt(entry: log.entries[0], index: 0, hashes: [], checkpoint: log.checkpoint)
      try program.write("steering.tlog-proof", receipt.bytes)
      let (status, output, _) = try program.run("steering.tlog-proof --keys keys")
      #expect(status == 0 && output.contains("  reason: a\u{FFFD}[2Jb\u{FFFD}c\n"))
      #expect(try program.run("steering.tlog-proof --keys keys --json").output.contains(#""reason":"a\u001b[2Jb"#))
    }
  }

  @Test("a receipt is verified with its entry, whose columns are shown; another key, another entry and an old checkpoint are refused")
  func receipts() throws {
    try with { program throws in
      let (status, output, _) = try program.run("receipt.tlog-proof --keys keys")
      #expect(status == 0)
      #expect(output.contains("cordon.example/brand/1/wallet_ledger, entry 2 of 3, signed 2025-11-25T01:00:00.000000Z"))
      #expect(output.contains("  amount: -500\n") && output.contains("  player_id: -\n"))
      #expect(try program.run("receipt.tlog-proof --keys other-keys").output.contains("(untrusted)"))
      #expect(try program.run("receipt.tlog-proof --keys keys --at 2025-11-26T01:00:01Z").output.contains("(stale)"))
      #expect(try program.run("receipt.tlog-proof --keys keys --at 2025-11-26T01:00:00Z").status == 0)
      let receipt = try ReceiptTests.receipt()
      let other = Receipt(
        entry: LedgerEntryLayout.bytes(of: LedgerEntryLayoutTests.first), index: 1, hashes: receipt.hashes, checkpoint: receipt.checkpoint)
      try program.write("other.tlog-proof", other.bytes)
      let forged = try program.run("other.tlog-proof --keys keys --json")
      #expect(forged.status == 3 && forged.output.contains(#""code":"wrong_proof""#))
    }
  }

  @Test(
    "with the key history who trusts the first key judges a receipt of a later one, each key in its time; another history is refused"
  )
  func histories() throws {
    try with { program throws in
      try program.write("old-keys", "\(KeyHistoryTests.vkey(1))\n")
      try program.write("history", KeyHistoryTests.history(of: 2).bytes)
      #expect(try program.run("receipt.tlog-proof --keys old-keys").output.contains("(untrusted)"))
      #expect(try program.run("receipt.tlog-proof --keys keys").output.contains("key validity  not judged: no key history was given"))
      let (status, output, messages) = try program.run("receipt.tlog-proof --keys old-keys --history history")
      #expect(status == 0 && output.contains("key validity  passed"), "\(output)\(messages)")
      // Key 2 ended before it signed.
      try program.write("ended", KeyHistoryTests.history(of: 3).bytes)
      let late = try program.run("receipt.tlog-proof --keys old-keys --history ended")
      #expect(late.status == 3 && late.output.contains("(outside_key_time)"))
      try program.write("unending", KeyHistoryTests.history(of: 1).bytes)
      #expect(try program.run("receipt.tlog-proof --keys old-keys --history unending").output.contains("(unknown_signer)"))
      // Somebody with key 1 has written another continuation.
      let first = try KeyHistoryTests.history(of: 1)
      let record = try #require(first.records.first)
      let other = try first.adding(
        KeyRecord(
          SignedNoteTests.fixedKey(4), after: record, signedBy: SignedNoteTests.fixedKey(1),
          from: KeyHistoryTests.start.advanced(bySeconds: 2000), approval: "none"))
      try program.write("other-history", other.bytes)
      #expect(try program.run("sample.bundle --keys old-keys --history history").status == 0)
      #expect(try program.run("sample.bundle --keys old-keys --history other-history").output.contains("(bad_history)"))
      let wrong = [
        "--keys other-keys --history history", "--keys old-keys --history keys", "--keys old-keys --history history --history history",
      ]
      for line in wrong {
        #expect(try program.run("receipt.tlog-proof \(line)").status == 2, "\(line)")
      }
    }
  }

  @Test("the time, the policy and checkpoints from elsewhere are taken from the command line")
  func options() throws {
    try with { program throws in
      #expect(try program.run("sample.bundle --keys keys --at 2025-11-26T01:00:00Z").status == 0)
      #expect(try program.run("sample.bundle --keys keys --at 1764118801").status == 3)
      #expect(try program.run("sample.bundle --keys keys --at 2025-11-25T01:00:10Z --max-age 9").output.contains("(stale)"))
      try program.write("policy", "witness w1 \(TrustPolicyTests.witness(1).vkey)\nquorum w1\n")
      #expect(
        try program.run("sample.bundle --keys keys --policy policy").output.contains("split view    FAILED: admin_audit: too few witnesses")
      )
      try program.write("seen", SampleBundle().wallet.checkpoint.bytes)
      #expect(try program.run("sample.bundle --keys keys --seen seen").output.contains("split view    passed"))
    }
  }

  @Test(
    "a wrong command line, key or policy is status 2 and judges nothing",
    arguments: [
      "", "sample.bundle", "sample.bundle sample.bundle --keys keys", "sample.bundle --keys", "sample.bundle --keys nowhere",
      "sample.bundle --keys sample.bundle",
      "sample.bundle --keys keys --at yesterday", "sample.bundle --keys keys --at 2025-02-30T00:00:00Z",
      "sample.bundle --keys keys --max-age -1",
      "sample.bundle --keys keys --policy keys", "sample.bundle --keys keys --seen keys", "sample.bundle --keys keys --loud",
    ])
  func usage(_ line: String) throws {
    try with { program throws in
      let (status, output, messages) = try program.run(line)
      #expect(status == 2 && output == "" && messages.hasPrefix("cordon-verify: "), "\(messages)")
    }
  }

  @Test("a file that can't be read is status 1, which says nothing about the evidence")
  func unreadable() throws {
    try with { program throws in
      #expect(try program.run("nowhere.bundle --keys keys").status == 1)
      #expect(try program.run(". --keys keys").status == 1)
      #expect(try program.run("keys --keys keys").output.contains("(malformed)"))
    }
  }

  @Test("help names every option and every exit status, and the document has the same ones")
  func help() throws {
    try with { program throws in
      let (status, output, _) = try program.run("--help")
      #expect(status == 0)
      for word in ["--keys", "--history", "--policy", "--seen", "--at", "--max-age", "--json"] { #expect(output.contains(word)) }
      let document = try Repository.text("docs/formats/verdicts.md")
      for line in output.split(separator: "\n").suffix(4) {
        let (code, meaning) = (line.dropFirst(2).prefix(1), line.dropFirst(5))
        #expect(document.contains("| \(code) | \(meaning) |"), "\(line)")
      }
    }
  }
}
