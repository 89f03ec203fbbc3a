internal import Evidence
internal import Glibc

/// A case folder, read as it stands.
struct CaseFolder {
  private static let namesMax = 4096

  private let path: String

  /// Nil for what isn't a folder.
  init?(path: String) {
    guard path != "-", Self.kind(of: path) == S_IFDIR else { return nil }
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  func report(_ trust: Trust) async throws(VerifyFailure) -> CaseReport {
    // Somebody else's folder says nothing about the evidence.
    let own = [CaseManifest.signedFile, CaseManifest.plainFile, CaseManifest.sumsFile, CaseManifest.historyFile]
    guard own.contains(where: { Self.kind(of: "\(path)/\($0)") != nil }) else {
      throw VerifyFailure(.unreadable, "\(path) isn't a case folder")
    }
    guard let signed = contents(CaseManifest.signedFile, SignedEnvelope.bytesMax) else {
      return CaseReport(manifest: nil, findings: [CaseFinding(.badManifest, CaseManifest.signedFile)])
    }
    let history = contents(CaseManifest.historyFile, KeyHistory.bytesMax) ?? []
    let manifest: CaseManifest
    do throws(CaseFinding) {
      manifest = try CaseCheck.manifest(signed: signed, history: history, trusting: trust.keys)
    } catch {
      return CaseReport(manifest: nil, findings: [error])
    }
    let found = try self.found()
    var bundles: [CaseReport.Bundle] = []
    for place in manifest.logs.compactMap(\.bundle) where found[place] != nil {
      bundles.append(CaseReport.Bundle(path: place, report: try await verify(place, trust)))
    }
    return CaseReport(
      manifest: manifest, findings: CaseCheck.findings(of: manifest, signed: signed, found: found), bundles: bundles)
  }

  private func verify(_ place: String, _ trust: Trust) async throws(VerifyFailure) -> VerificationReport {
    let source = try FileSource(path: "\(path)/\(place)")
    defer { source.close() }
    let progress = Progress(size: source.size)
    defer { progress.end() }
    do throws(ByteSourceFault) {
      return try await BundleVerifier(trust: trust, progress: progress.show).verify(source)
    } catch {
      throw VerifyFailure(.unreadable, error.description)
    }
  }

  /// Nil for a file that isn't there, can't be read, or is longer than it may be.
  private func contents(_ place: String, _ bytesMax: Int) -> [UInt8]? {
    guard Self.kind(of: "\(path)/\(place)") == S_IFREG else { return nil }
    return try? FileSource.contents(of: "\(path)/\(place)", bytesMax: bytesMax)
  }

  /// Every file by its place; nil for what isn't a plain file under a plain name.
  private func found() throws(VerifyFailure) -> [String: CaseFile?] {
    var found: [String: CaseFile?] = [:]
    for name in try names(in: path) {
      guard Self.kind(of: "\(path)/\(name)") == S_IFDIR, CaseFile.isPlace(name) else {
        found.updateValue(try file(name), forKey: name)
        continue
      }
      for inner in try names(in: "\(path)/\(name)") { found.updateValue(try file("\(name)/\(inner)"), forKey: "\(name)/\(inner)") }
    }
    return found
  }

  private func file(_ place: String) throws(VerifyFailure) -> CaseFile? {
    guard CaseFile.isPlace(place), Self.kind(of: "\(path)/\(place)") == S_IFREG else { return nil }
    let source = try FileSource(path: "\(path)/\(place)")
    defer { source.close() }
    do throws(ByteSourceFault) {
      let (sha256, count) = try FileDigest.of(source)
      return CaseFile(path: place, byteCount: count, sha256: sha256)
    } catch {
      throw VerifyFailure(.unreadable, error.description)
    }
  }

  private func names(in folder: String) throws(VerifyFailure) -> [String] {
    guard let list = opendir(folder) else { throw VerifyFailure(.unreadable, "\(folder): \(String(cString: strerror(errno)))") }
    defer { closedir(list) }
    var names: [String] = []
    while let entry = readdir(list) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      names.append(name)
      guard names.count <= Self.namesMax else { throw VerifyFailure(.unreadable, "\(folder) has more than \(Self.namesMax) names") }
    }
    return names.sorted()
  }

  /// Of the thing itself, not of what a link leads to.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
