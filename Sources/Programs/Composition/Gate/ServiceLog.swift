internal import Foundation
internal import Platform

/// A log file of services: lines of JSON. Others, such as what a shell wrote between them, are passed over.
enum ServiceLog {
  static func lines(of path: String) throws -> [JSONValue] {
    guard let bytes = FileManager.default.contents(atPath: path) else { throw OperationRefused(.notFound, "there is no log \(path)") }
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONDocument.parse(Array($0)) }
  }
}
