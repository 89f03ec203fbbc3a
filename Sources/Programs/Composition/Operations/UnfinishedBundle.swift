internal import Crypto
internal import Evidence
internal import Glibc
internal import Kernel
internal import Platform

/// The file of an export while it isn't whole, `FILE.part`, and beside it what it is going to hold, `FILE.part.plan`.
///
/// The plan is on the disk before the first byte of the file. Between any two steps the process may die: an empty file is begun anew, one with
/// bytes is gone on with after its last whole tile, a plan without a file is nobody's.
final class UnfinishedBundle {
  private static let chunkBytes = 1024 * 1024

  private let path: String
  private let file: GrowingFile
  private var digest = SHA256()
  private(set) var byteCount: Int64 = 0

  /// - Parameter isResumed: whether what was left by another process may be gone on with.
  init(of path: String, isResumed: Bool) throws {
    self.path = path
    let part = path + ".part"
    guard isResumed || access(part, F_OK) != 0 else { throw Self.left(part) }
    file = try GrowingFile(continuing: part, mode: 0o600)
    byteCount = try file.size()
    guard isResumed || byteCount == 0 else { throw Self.left(part) }
  }

  private static func left(_ part: String) -> OperationRefused {
    OperationRefused(.conflict, "\(part) is left of an export that was stopped: --resume goes on with it; to begin anew, remove it")
  }

  private var planPath: String { file.path + ".plan" }

  /// What is remembered of it; nil where nothing was written yet.
  func remembered() throws -> BundlePlan? {
    guard byteCount > 0 else { return nil }
    guard let bytes = try DurableFile.read(planPath, bytesMax: BundlePlan.bytesMax) else {
      throw OperationRefused(.conflict, "\(file.path) can't be gone on with: \(planPath) is gone")
    }
    do throws(NoteFault) {
      return try BundlePlan(bytes: bytes)
    } catch {
      throw OperationRefused(.conflict, "\(planPath): \(error)")
    }
  }

  func remember(_ plan: BundlePlan) throws { try DurableFile.write(plan.bytes, to: planPath, mode: 0o600) }

  /// How far it got. The file then ends with what is whole.
  func resumption(of plan: BundlePlan) throws -> BundleResumption {
    let resumption: BundleResumption
    do {
      resumption = try BundleResumption(GrowingFileSource(file: file), of: plan)
    } catch let finding as Finding {
      throw OperationRefused(.conflict, "\(file.path) can't be gone on with: \(finding)")
    } catch let fault as ByteSourceFault {
      throw FileFault(fault.description)
    }
    try file.cut(to: resumption.byteCount)
    byteCount = resumption.byteCount
    var place: Int64 = 0
    while place < byteCount {
      let chunk = try file.read(at: place, upTo: Int(min(Int64(Self.chunkBytes), byteCount - place)))
      guard !chunk.isEmpty else { throw FileFault("\(file.path) became shorter") }
      digest.update(data: chunk)
      place += Int64(chunk.count)
    }
    return resumption
  }

  func append(_ bytes: [UInt8]) throws {
    do throws(FileFault) {
      try file.append(bytes)
    } catch {
      throw FileFault("\(error); what is written stays: --resume goes on from there")
    }
    digest.update(data: bytes)
    byteCount += Int64(bytes.count)
  }

  /// Gives the file its name. - Returns: SHA-256 of the whole file, in hexadecimal.
  func finish() throws -> String {
    try file.synchronise()
    do throws(FileFault) {
      try DurableFile.name(file.path, path)
    } catch {
      throw OperationRefused(.conflict, error.description)
    }
    unlink(planPath)
    return Hexadecimal.encode(digest.finalize())
  }

  /// Leaves nothing, if nothing was written.
  func giveUp() {
    guard (try? file.size()) == 0 else { return }
    unlink(file.path)
    unlink(planPath)
  }
}
