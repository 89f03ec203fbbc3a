/// Judges a case folder offline. Pure: whoever reads the folder brings the bytes.
package enum CaseCheck {
  /// The manifest that a trusted key signed.
  ///
  /// - Parameters:
  ///   - signed: ``CaseManifest/signedFile``.
  ///   - history: ``CaseManifest/historyFile``.
  ///   - keys: what the reader trusts. A key vouches for those that come after it in the history, and those before.
  package static func manifest(
    signed: [UInt8], history: [UInt8], trusting keys: [VerifierKey]
  ) throws(CaseFinding) -> CaseManifest {
    let envelope: SignedEnvelope
    let manifest: CaseManifest
    do throws(NoteFault) {
      envelope = try SignedEnvelope(bytes: signed)
      guard envelope.payloadType == CaseManifest.payloadType else { throw NoteFault("it holds \(envelope.payloadType)") }
      manifest = try CaseManifest(payload: envelope.payload)
    } catch {
      throw CaseFinding(.badManifest, CaseManifest.signedFile)
    }
    guard isSigned(envelope, by: manifest.subject.operatorName, history, keys) else {
      throw CaseFinding(.untrusted, CaseManifest.signedFile)
    }
    return manifest
  }

  private static func isSigned(_ envelope: SignedEnvelope, by name: OperatorName, _ history: [UInt8], _ keys: [VerifierKey]) -> Bool {
    guard let history = try? KeyHistory(bytes: history), history.operatorName == name, history.isTrusted(by: keys),
      let keysName = name.keysName
    else { return false }
    return history.records.contains { record in
      guard let key = VerifierKey(name: keysName, kind: .ed25519, publicKey: record.publicKey) else { return false }
      return (try? envelope.isSigned(by: key)) ?? false
    }
  }

  /// - Parameter found: every file that stands in the folder, with what it is; nil for what isn't a plain file.
  package static func findings(
    of manifest: CaseManifest, signed: [UInt8], found: [String: CaseFile?]
  ) -> [CaseFinding] {
    let sums = manifest.sums(signed: signed)
    let own: [(String, [UInt8])] = [
      (CaseManifest.signedFile, signed), (CaseManifest.plainFile, manifest.payload), (CaseManifest.sumsFile, sums),
    ]
    let expected =
      own.compactMap { CaseFile(path: $0, byteCount: Int64($1.count), sha256: FileDigest.hexadecimal(of: $1)) } + manifest.files
    var findings: [CaseFinding] = []
    for file in expected {
      switch found[file.path] {
      case nil: findings.append(CaseFinding(.fileMissing, file.path))
      case .some(let there) where there != file: findings.append(CaseFinding(.fileChanged, file.path))
      case .some: break
      }
    }
    let known = Set(expected.map(\.path))
    findings += found.keys.filter { !known.contains($0) }.map { CaseFinding(.fileExtra, $0) }
    return findings.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
