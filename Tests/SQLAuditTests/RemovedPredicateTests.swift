import Foundation
import SQLAudit
import Testing

@Suite("Removed predicates")
struct RemovedPredicateTests {
  @Test("with the brand predicate removed from each statement of the product in turn, the audit finds each")
  func predicates() throws {
    #expect(try judge(/(?:\w+\.)?brand_id = \\\([^)]*\)/) { _ in "true" } > 60)
  }

  @Test("with the brand removed from the columns of each INSERT of the product in turn, the audit finds each")
  func columns() throws {
    #expect(try judge(/INSERT INTO [a-z_.]+ \(brand_id,/) { String($0.dropLast("brand_id,".count)) } > 10)
  }

  /// - Returns: how many places there were.
  private func judge(_ pattern: Regex<Substring>, without: (Substring) -> String) throws -> Int {
    let folders = Dictionary(grouping: try sources()) { $0.path.split(separator: "/").dropLast().joined(separator: "/") }
    var judged = 0
    for folder in folders.sorted(by: { $0.key < $1.key }).map(\.value) {
      for index in folder.indices {
        for range in folder[index].text.ranges(of: pattern) {
          expectFault(in: folder, at: index, range, without(folder[index].text[range]))
          judged += 1
        }
      }
    }
    return judged
  }

  private func expectFault(in folder: [AuditFile], at index: Int, _ range: Range<String.Index>, _ replacement: String) {
    let (path, text) = (folder[index].path, folder[index].text)
    var changed = folder
    changed[index] = AuditFile(path: path, text: text.replacingCharacters(in: range, with: replacement))
    let sightings = SourceAudit.sightings(in: changed, Bench.inventory)
    let line = text[..<range.lowerBound].count { $0 == "\n" } + 1
    // Rows of the platform's own tables are held by no brand.
    let statement = sightings.last { $0.path == path && $0.line <= line }
    #expect(sightings.contains(where: \.auditClass.isFault) || statement?.auditClass == .intentional, "\(path):\(line)")
  }

  private func sources() throws -> [AuditFile] {
    let folder = URL(filePath: Bench.root + "/Sources")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return try paths.sorted().filter { $0.hasSuffix(".swift") && ($0.hasPrefix("Services/") || $0.hasPrefix("Platform/")) }.map { path in
      AuditFile(path: "Sources/" + path, text: try String(contentsOf: folder.appending(path: path), encoding: .utf8))
    }
  }
}
