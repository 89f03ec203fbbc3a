internal import Audit
internal import Evidence
internal import Foundation
internal import Platform

/// A case folder while it is written: `FOLDER.part`, which gets its name when everything in it is on the disk and can't be written any more.
///
/// Where the process dies, the unfinished folder stays and is in nobody's way but the same case's; it has no manifest.
final class CaseFolder {
  private let path: String
  private let part: String
  private var files: [CaseFile] = []

  /// - Throws: where something is called so.
  init(_ path: String) throws {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    part = self.path + ".part"
    guard !FilePlace.isTaken(self.path) else {
      throw OperationRefused(.conflict, "\(self.path) is there already; a case folder is never changed")
    }
    guard mkdir(part, 0o700) == 0 else {
      let code = errno
      guard code == EEXIST else { throw FileFault("can't make \(part): \(String(cString: strerror(code)))") }
      throw OperationRefused(
        .conflict, "\(part) is left of a preservation that was stopped, or belongs to one that runs; if none does, remove it")
    }
  }

  func write(_ bytes: some Sequence<UInt8>, to place: String) throws {
    let file = try begin(place)
    try file.append(bytes)
    try keep(file, place)
  }

  /// A file that is written piece by piece.
  func begin(_ place: String) throws -> GrowingFile {
    if let slash = place.lastIndex(of: "/") {
      let folder = "\(part)/\(place[..<slash])"
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
        throw FileFault("can't make \(folder): \(String(cString: strerror(errno)))")
      }
    }
    let file = "\(part)/\(place)"
    guard !FilePlace.isTaken(file) else { throw OperationRefused(.unusable, "\(place) would be in the case twice") }
    return try GrowingFile(continuing: file, mode: 0o600)
  }

  /// The file is whole.
  func keep(_ file: GrowingFile, _ place: String) throws {
    try file.synchronise()
    let (sha256, count) = try FileDigest.of(GrowingFileSource(file: file))
    guard let kept = CaseFile(path: place, byteCount: count, sha256: sha256) else {
      throw OperationRefused(.unusable, "\(place) can't be in a case")
    }
    files.append(kept)
  }

  /// The file isn't part of the case.
  func drop(_ place: String) {
    unlink("\(part)/\(place)")
    // Goes only when nothing else is in it.
    rmdir("\(part)/\(DurableFile.folder(of: place))")
  }

  /// Writes the manifest, takes every right to write, and gives the folder its name.
  func finish(_ subject: CaseManifest.Subject, _ logs: [CaseLog], signer: LogSigner) throws -> CaseManifest {
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    guard let manifest = CaseManifest(subject, logs: logs, files: sorted) else {
      throw OperationRefused(.unusable, "the case's name and the operator's are 1 to 128 characters of printable ASCII without \" and \\")
    }
    let signed = try signer.envelope(of: manifest.payload, type: CaseManifest.payloadType).bytes
    try write(manifest.payload, to: CaseManifest.plainFile)
    try write(manifest.sums(signed: signed), to: CaseManifest.sumsFile)
    try write(signed, to: CaseManifest.signedFile)
    for place in files.map(\.path) { try close("\(part)/\(place)", 0o440) }
    let folders = Set(files.compactMap { $0.path.contains("/") ? "\(part)/\(DurableFile.folder(of: $0.path))" : nil })
    for folder in folders.sorted() + [part] {
      try close(folder, 0o550)
      try DurableFile.synchronise(folder)
    }
    do throws(FileFault) {
      try DurableFile.name(part, path)
    } catch {
      throw OperationRefused(.conflict, error.description)
    }
    return manifest
  }

  private func close(_ path: String, _ mode: mode_t) throws {
    guard chmod(path, mode) == 0 else { throw FileFault("can't take the right to write \(path): \(String(cString: strerror(errno)))") }
  }

  /// Takes away what isn't finished.
  func discard() {
    _ = chmod(part, 0o700)
    let folders = ((try? FileManager.default.contentsOfDirectory(atPath: part)) ?? []).map { "\(part)/\($0)" }
    for folder in folders { _ = chmod(folder, 0o700) }
    try? FileManager.default.removeItem(atPath: part)
  }
}
