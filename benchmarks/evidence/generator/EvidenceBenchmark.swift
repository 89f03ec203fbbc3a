internal import Evidence
internal import Glibc
internal import Kernel

/// Writes a bundle with many entries of the wallet's ledger, and the key that trusts it: `evidence-benchmark COUNT BUNDLE KEYS`.
/// `evidence-benchmark parse BUNDLE` reads one as the verifier does, without hashing anything but what stands between the entries.
@main
struct EvidenceBenchmark {
  static func main() throws {
    let words = CommandLine.arguments
    if words.count == 3, words[1] == "parse", let bundle = InputFile(words[2]) {
      print(try BundleScan.entries(in: bundle))
      return
    }
    guard words.count == 4, let count = Int64(words[1]), count > 0, let bundle = OutputFile(words[2]), let keys = OutputFile(words[3])
    else {
      print("usage: evidence-benchmark COUNT BUNDLE KEYS | parse BUNDLE")
      exit(2)
    }
    let log = GeneratedLog(count: count)
    let key = SigningKey(seed: [UInt8](repeating: 1, count: SigningKey.seedByteCount)) ?? SigningKey()
    try write(log, key, to: bundle)
    guard let name = GeneratedLog.operatorName?.keysName else { return }
    keys.write(Array("\(try key.verifierKey(name))\n".utf8))
    keys.close()
  }

  private static func write(_ log: GeneratedLog, _ key: SigningKey, to file: OutputFile) throws {
    guard let name = GeneratedLog.operatorName, let brand = BrandID(1),
      let identity = LogIdentity(operatorName: name, scope: .brand(brand), ledger: .walletLedger),
      let manifest = BundleManifest(operatorName: name, scope: .brand(brand), from: GeneratedLog.start, to: GeneratedLog.start, logs: 1),
      let head = BundleLog(ledger: .walletLedger, first: 0, count: log.count, earlier: 0)
    else { return }
    let checkpoint = try SignedCheckpoint(
      signing: Checkpoint(origin: identity.origin, size: log.count, root: log.root), with: key, at: GeneratedLog.start)
    var writer = BundleWriter(manifest, history: KeyHistory(first: try KeyRecord(first: key, of: name, from: GeneratedLog.start)))
    file.write(writer.head())
    file.write(writer.log(head, checkpoint: checkpoint))
    var previous = LedgerHash.genesis
    for index in head.tiles {
      let entries = head.entries(inTile: index).map { GeneratedLog.entry($0, after: &previous) }
      guard let tile = Tile(log.leaves(inTile: index)) else { return }
      file.write(writer.tile(tile, proof: BundleLog.proof(ofTile: index, size: log.count, node: log.node), entries: entries))
    }
    file.write(try writer.seal(with: key))
    file.close()
  }
}
