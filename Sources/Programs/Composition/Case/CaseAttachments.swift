internal import Evidence
internal import Foundation
internal import Platform

/// Files that others bring to a case: certificates, logs, tickets. Nothing that is a secret gets in with them.
struct CaseAttachments {
  private static let bytesMax = 64 * 1024 * 1024

  struct Attachment {
    let place: String
    let bytes: [UInt8]
  }

  private let secrets: [Data]
  private let trusted: [VerifierKey]

  /// - Parameters:
  ///   - secrets: values of the configuration that must be in no file.
  ///   - keys: whose certificates are taken.
  init(secrets: [String], keys: KeyHistory) {
    let markers = ["PRIVATE KEY-----", "AGE-SECRET-KEY-"]
    self.secrets = (secrets.filter { $0.utf8.count >= 6 } + markers).map { Data($0.utf8) }
    let name = keys.operatorName.keysName
    trusted = keys.records.compactMap { record in
      name.flatMap { VerifierKey(name: $0, kind: .ed25519, publicKey: record.publicKey) }
    }
  }

  func read(_ certificates: [String], _ others: [String]) throws -> [Attachment] {
    let signed = try certificates.map { path in
      let file = try attachment(path, "certificates")
      do throws(NoteFault) {
        _ = try CertificateCheck.read(file.bytes, trusting: trusted)
      } catch {
        throw OperationRefused(.unusable, "\(path) isn't a certificate of ours: \(error)")
      }
      return file
    }
    return signed + (try others.map { try attachment($0, "attachments") })
  }

  private func attachment(_ path: String, _ folder: String) throws -> Attachment {
    guard let bytes = try DurableFile.read(path, bytesMax: Self.bytesMax) else { throw OperationRefused(.notFound, "\(path) isn't there") }
    let place = "\(folder)/\(URL(filePath: path).lastPathComponent)"
    guard CaseFile.isPlace(place) else {
      throw OperationRefused(.unusable, "\(path): a file of a case is called with letters, digits, dots, hyphens and underscores")
    }
    let data = Data(bytes)
    guard !secrets.contains(where: { data.range(of: $0) != nil }) else {
      throw OperationRefused(.unusable, "\(path) holds a private key, or a secret of this configuration; take it out first")
    }
    return Attachment(place: place, bytes: bytes)
  }
}
