internal import Crypto
internal import Dispatch
package import Evidence
internal import FoundationEssentials
internal import Kernel
package import Platform
internal import Synchronization

/// The last checkpoint that was cosigned of each log, in a folder: a file for each, named by the SHA-256 of the origin. The file is what monitors are served.
///
/// A checkpoint is compared, kept and answered for one after another, so that no two answers can contradict each other. Crash points: before the file is
/// renamed nothing has happened; after it the log is told the new size, although it never got the cosignature, and asks again from there.
package final class WitnessState: Sendable {
  private struct Log {
    var last: SignedCheckpoint?
    /// One that we cosigned and don't know any more.
    var lost: SignedCheckpoint?
  }

  private static let identityFile = "witness"
  private static let lastEnd = ".checkpoint"
  private static let lostEnd = ".lost"

  private let directory: String
  private let key: WitnessKey
  private let lock: FolderLock
  /// Writes one after another, off the threads that must not wait.
  private let queue = DispatchQueue(label: "cordon.witness.state")
  private let logs: Mutex<[KeyName: Log]>
  /// Told before a new checkpoint is kept and after; tests die there.
  private let reached: @Sendable (WitnessStep) -> Void

  /// Makes the folder of a witness that never cosigned anything.
  package static func create(_ directory: String, for key: WitnessKey) throws(FileFault) {
    do {
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    } catch {
      throw FileFault("\(directory) can't be made: \(error)")
    }
    let path = "\(directory)/\(identityFile)"
    guard try DurableFile.read(path, bytesMax: SignedNote.bytesMax) == nil else { throw FileFault("\(directory) is a witness's already") }
    try DurableFile.write(identity(of: key), to: path)
  }

  /// Takes the folder, and reads all of it.
  ///
  /// - Throws: for a folder that isn't this witness's, that another process works in, or that holds anything else than what this witness cosigned: whoever
  ///   forgets what he cosigned can be made to cosign another history.
  package init(_ directory: String, key: WitnessKey, reached: @escaping @Sendable (WitnessStep) -> Void = { _ in }) throws(FileFault) {
    guard let identity = try DurableFile.read("\(directory)/\(Self.identityFile)", bytesMax: SignedNote.bytesMax) else {
      throw FileFault("\(directory) isn't the state of a witness; `cordon witness key create` makes it, and only for a new key")
    }
    guard identity == Self.identity(of: key) else { throw FileFault("\(directory) is the state of another witness's key") }
    lock = try FolderLock(directory)
    logs = Mutex(try Self.logs(in: directory, key))
    self.directory = directory
    self.key = key
    self.reached = reached
  }

  /// The last checkpoint of each log with our cosignature on it.
  package var all: [SignedCheckpoint] { logs.withLock { $0.values.compactMap(\.last) } }

  /// Origins of logs whose cosigned past we have lost.
  package var lost: [KeyName] { logs.withLock { logs in logs.filter { $0.value.lost != nil }.map(\.key) } }

  /// The last checkpoint of the log whose origin has this SHA-256, in hexadecimal.
  package func last(ofHash hash: String) -> SignedCheckpoint? {
    logs.withLock { logs in logs.first { Self.hash(of: $0.key) == hash }?.value.last }
  }

  /// Cosigns a checkpoint, and returns when that would survive the loss of power.
  ///
  /// - Parameters:
  ///   - note: with the log's signatures alone.
  ///   - ownSeconds: when we cosigned this checkpoint already, as the request shows.
  func advance(
    _ request: WitnessRequest, _ checkpoint: Checkpoint, _ note: SignedNote, ownSeconds: Int64?, atSeconds now: Int64
  ) async throws(WitnessRefusal) -> NoteSignature {
    let result: Result<NoteSignature, WitnessRefusal> = await withCheckedContinuation { continuation in
      queue.async { [self] in
        do throws(WitnessRefusal) {
          continuation.resume(returning: .success(try step(request, checkpoint, note, ownSeconds, now)))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }

  private func step(
    _ request: WitnessRequest, _ checkpoint: Checkpoint, _ note: SignedNote, _ ownSeconds: Int64?, _ now: Int64
  ) throws(WitnessRefusal) -> NoteSignature {
    var log = logs.withLock { $0[checkpoint.origin] } ?? Log()
    if let ownSeconds, Self.isUnknown(checkpoint, to: log.last?.checkpoint) {
      log.lost = try keep(note, Self.lostEnd, checkpoint.origin, atSeconds: ownSeconds)
      logs.withLock { $0[checkpoint.origin] = log }
    }
    if let lost = log.lost?.checkpoint {
      throw .stateLost("we cosigned \(lost.size) entries, and know of \(log.last?.checkpoint.size ?? 0)")
    }
    try WitnessRules.check(request, checkpoint, after: log.last?.checkpoint)
    // Never earlier than before: the later statement is the larger tree's.
    let seconds = max(now, log.last.flatMap { key.seconds(in: $0.note) } ?? now)
    reached(.judged)
    let kept = try keep(note, Self.lastEnd, checkpoint.origin, atSeconds: seconds)
    reached(.kept)
    log.last = kept
    logs.withLock { $0[checkpoint.origin] = log }
    guard let cosignature = kept.note.signatures.last else { throw .unusable("nothing was signed") }
    return cosignature
  }

  /// Whether a checkpoint that we cosigned is beyond what we know, or beside it.
  private static func isUnknown(_ cosigned: Checkpoint, to last: Checkpoint?) -> Bool {
    guard let last else { return true }
    return cosigned.size > last.size || cosigned.size == last.size && cosigned.root != last.root
  }

  private func keep(
    _ note: SignedNote, _ end: String, _ origin: KeyName, atSeconds seconds: Int64
  ) throws(WitnessRefusal) -> SignedCheckpoint {
    do {
      let signed = try note.adding([try key.cosign(note, atSeconds: seconds)])
      try DurableFile.write(signed.bytes, to: "\(directory)/\(Self.hash(of: origin))\(end)")
      return try SignedCheckpoint(bytes: signed.bytes)
    } catch {
      throw .unusable("\(error)")
    }
  }

  private static func logs(in directory: String, _ key: WitnessKey) throws(FileFault) -> [KeyName: Log] {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: directory) } catch { throw FileFault("\(directory) can't be read") }
    var logs: [KeyName: Log] = [:]
    for name in names.sorted() where name.hasSuffix(lastEnd) {
      let signed = try cosigned(at: "\(directory)/\(name)", key)
      guard name == hash(of: signed.checkpoint.origin) + lastEnd else { throw FileFault("\(directory)/\(name) is another log's") }
      logs[signed.checkpoint.origin] = Log(last: signed)
    }
    for name in names.sorted() where name.hasSuffix(lostEnd) {
      let signed = try cosigned(at: "\(directory)/\(name)", key)
      guard isUnknown(signed.checkpoint, to: logs[signed.checkpoint.origin]?.last?.checkpoint) else { continue }
      logs[signed.checkpoint.origin, default: Log()].lost = signed
    }
    return logs
  }

  private static func cosigned(at path: String, _ key: WitnessKey) throws(FileFault) -> SignedCheckpoint {
    let bytes = try DurableFile.read(path, bytesMax: SignedNote.bytesMax) ?? []
    guard let signed = try? SignedCheckpoint(bytes: bytes), key.seconds(in: signed.note) != nil else {
      throw FileFault("\(path) isn't a checkpoint that this witness cosigned")
    }
    return signed
  }

  private static func identity(of key: WitnessKey) -> [UInt8] { Array("\(key.verifier?.description ?? "")\n".utf8) }

  private static func hash(of origin: KeyName) -> String { Hexadecimal.encode(SHA256.hash(data: origin.utf8)) }
}
