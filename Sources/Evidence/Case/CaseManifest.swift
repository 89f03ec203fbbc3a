package import Kernel

/// What a case folder holds (`docs/formats/case.md`): which case, which time, which logs, and every file with its SHA-256.
package struct CaseManifest: Hashable, Sendable {
  package static let payloadType = "application/vnd.cordon.case+json"
  package static let filesMax = 1024
  static let logsMax = 1024

  package struct Subject: Hashable, Sendable {
    package let operatorName: OperatorName
    /// What the case is called elsewhere.
    package let caseID: String
    /// Who preserved it.
    package let by: String
    /// What was asked for.
    package let from: Timestamp
    package let to: Timestamp
    package let preservedAt: Timestamp
    /// The program's version, and the commit that it was built from.
    package let program: String
    package let commit: String

    package init(
      operatorName: OperatorName, caseID: String, by: String, from: Timestamp, to: Timestamp, preservedAt: Timestamp, program: String,
      commit: String
    ) {
      self.operatorName = operatorName
      self.caseID = caseID
      self.by = by
      self.from = from
      self.to = to
      self.preservedAt = Timestamp(seconds: preservedAt.seconds)
      self.program = program
      self.commit = commit
    }
  }

  package let subject: Subject
  package let logs: [CaseLog]
  /// By ascending path. The manifest's own files aren't among them.
  package let files: [CaseFile]

  /// Nil for texts that JSON would escape, times that can't be, files out of order, and a bundle that isn't among the files.
  package init?(_ subject: Subject, logs: [CaseLog], files: [CaseFile]) {
    guard [subject.caseID, subject.by, subject.program, subject.commit].allSatisfy(Self.isPlain),
      subject.from.microseconds >= 0, subject.from <= subject.to, subject.preservedAt.seconds >= 0,
      logs.count <= Self.logsMax, files.count <= Self.filesMax,
      zip(files, files.dropFirst()).allSatisfy({ $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
    else { return nil }
    let paths = Set(files.map(\.path))
    guard logs.compactMap(\.bundle).allSatisfy(paths.contains), paths.isDisjoint(with: Self.ownFiles) else { return nil }
    self.subject = subject
    self.logs = logs
    self.files = files
  }

  /// Printable ASCII without what JSON would escape, 1 to 128 characters.
  package static func isPlain(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }

  // MARK: The manifest's own files

  /// The payload, for people and programs that read JSON.
  package static let plainFile = "manifest.json"
  /// The signed envelope around it.
  package static let signedFile = "manifest.dsse"
  /// Every other file, as `sha256sum -c` reads it.
  package static let sumsFile = "SHA256SUMS"
  /// The history of the keys that signed.
  package static let historyFile = "keys/history"
  static let ownFiles: Set<String> = [plainFile, signedFile, sumsFile]

  /// The contents of ``sumsFile``.
  ///
  /// - Parameter signed: the contents of ``signedFile``.
  package func sums(signed: [UInt8]) -> [UInt8] {
    let own = [(Self.signedFile, FileDigest.hexadecimal(of: signed)), (Self.plainFile, FileDigest.hexadecimal(of: payload))]
    let all = (own + files.map { ($0.path, $0.sha256) }).sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    return Array(all.map { "\($0.1)  \($0.0)\n" }.joined().utf8)
  }
}
