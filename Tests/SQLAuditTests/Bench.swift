import Foundation
import SQLAudit

/// Judges pieces of source as the audit judges a checkout.
enum Bench {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The inventory of this checkout's own schema.
  static let inventory: BrandInventory = {
    let schema = (try? String(contentsOfFile: root + "/db/schema.sql", encoding: .utf8)) ?? ""
    return (try? SourceAudit.inventory(schema: schema)) ?? BrandInventory(tables: [:])
  }()

  static func sightings(_ text: String, at path: String = "Sources/Services/Wallet/Planted.swift") -> [Sighting] {
    SourceAudit.sightings(in: [AuditFile(path: path, text: text)], inventory)
  }

  /// SQL as a Swift source asks for it.
  static func asked(_ sql: String, at path: String = "Sources/Services/Wallet/Planted.swift") -> [Sighting] {
    sightings("let rows = try await transaction.query(\"\"\"\n  \(sql)\n  \"\"\")\n", at: path)
  }

  static func classes(_ sightings: [Sighting]) -> Set<AuditClass> { Set(sightings.map(\.auditClass)) }
}
