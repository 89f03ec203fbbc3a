internal import Audit
internal import Evidence
internal import Foundation
internal import Kernel

/// What is known outside of the database to have been signed: the folder that remembers it, and what was given to others.
package struct PublishedCheckpoints: Sendable {
  private let directory: String?
  private let given: [SignedCheckpoint]

  /// - Parameters:
  ///   - directory: `SIGNING_STATE_DIR`; nil where there is none.
  ///   - files: checkpoints, and receipts with theirs.
  package init(directory: String?, files: [String]) throws {
    self.directory = directory
    given = try files.map(Self.read)
  }

  private static func read(_ path: String) throws -> SignedCheckpoint {
    guard let data = FileManager.default.contents(atPath: path) else { throw BackupFault(.notFound, "\(path) can't be read") }
    let bytes = Array(data)
    if let receipt = try? Receipt(bytes: bytes) {
      // A receipt that doesn't hold says nothing about anybody's database.
      guard let entry = receipt.extra, receipt.holds(for: entry) else {
        throw BackupFault(.unusable, "\(path) is a receipt that doesn't hold")
      }
      return receipt.checkpoint
    }
    do throws(NoteFault) {
      return try SignedCheckpoint(bytes: bytes)
    } catch {
      throw BackupFault(.unusable, "\(path) is neither a receipt nor a checkpoint: \(error)")
    }
  }

  /// Those of a log. - Throws: for what is remembered and can't be read.
  func checkpoints(of log: LogIdentity) async throws -> [SignedCheckpoint] {
    var found = given.filter { $0.checkpoint.origin == log.origin }
    if let directory, let bytes = try await LogMemory(directory: directory).last(of: log) {
      do throws(NoteFault) {
        found.append(try SignedCheckpoint(bytes: bytes))
      } catch {
        throw BackupFault(.unusable, "what \(directory) remembers of \(log) can't be read: \(error)")
      }
    }
    return found
  }
}
