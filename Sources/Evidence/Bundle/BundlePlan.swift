/// What a bundle is going to hold, kept beside an unfinished one: an export that was stopped goes on under the same checkpoints, although the
/// logs have grown since.
package struct BundlePlan: Hashable, Sendable {
  package static let bytesMax = 2 * 1024 * 1024
  private static let title = Array("cordon-bundle-plan 1\n".utf8)

  package struct Log: Hashable, Sendable {
    package let log: BundleLog
    package let checkpoint: SignedCheckpoint

    package init(_ log: BundleLog, _ checkpoint: SignedCheckpoint) {
      self.log = log
      self.checkpoint = checkpoint
    }
  }

  /// What was asked for, in the words of whoever exports: the answer to another question isn't gone on with. One line of text.
  package let question: String
  package let manifest: BundleManifest
  package let history: KeyHistory
  /// Without earlier checkpoints.
  package let logs: [Log]

  package init(question: String, manifest: BundleManifest, history: KeyHistory, logs: [Log]) {
    self.question = question
    self.manifest = manifest
    self.history = history
    self.logs = logs
  }

  /// The title, the line `asked <question>`, and the sections `M`, `K`, and `L` and `C` of each log as they stand in the bundle.
  package var bytes: [UInt8] {
    var writer = BundleWriter(manifest, history: history)
    var bytes = Self.title + Array("asked \(question)\n".utf8) + writer.head().dropFirst(BundleWriter.magic.count)
    for log in logs { bytes += writer.log(log.log, checkpoint: log.checkpoint) }
    return bytes
  }

  /// - Throws: for bytes that ``bytes`` would not be.
  package init(bytes: [UInt8]) throws(NoteFault) {
    guard bytes.starts(with: Self.title), let end = bytes.dropFirst(Self.title.count).firstIndex(of: 0x0A) else {
      throw NoteFault("it isn't the plan of a bundle")
    }
    var line = try TextLines(Array(bytes[Self.title.count...end]), of: "the plan")
    let question = try line.value("asked")
    var reader = BundleReader(ByteArraySource(BundleWriter.magic + bytes[(end + 1)...]))
    do throws(VerificationFailure) {
      try reader.magic()
      let (manifest, keys) = (try reader.section(.manifest), try reader.section(.keys))
      var sections: [(log: [UInt8], checkpoint: [UInt8])] = []
      while try !reader.isAtEnd(), sections.count < Ledger.allCases.count {
        sections.append((try reader.section(.log), try reader.section(.checkpoint)))
      }
      self = try Self.parsed(question, manifest, keys, sections)
    } catch {
      throw NoteFault("the plan of the bundle ends too early, or isn't one")
    }
    guard self.bytes == bytes else { throw NoteFault("the plan of the bundle is spelled otherwise") }
  }

  private static func parsed(
    _ question: String, _ manifest: [UInt8], _ keys: [UInt8], _ sections: [(log: [UInt8], checkpoint: [UInt8])]
  ) throws(VerificationFailure) -> BundlePlan {
    do throws(NoteFault) {
      var logs: [Log] = []
      for section in sections {
        let log = try BundleLog(text: section.log)
        logs.append(Log(log, try SignedCheckpoint(bytes: section.checkpoint)))
      }
      return BundlePlan(
        question: question, manifest: try BundleManifest(text: manifest), history: try KeyHistory(bytes: keys), logs: logs)
    } catch {
      throw .found(Finding(.malformed))
    }
  }
}
