import Foundation

/// The report as a program reads it, with snake case converted.
struct ReportShape: Decodable {
  struct Log: Decodable {
    let ledger: String
    let treeSize: Int64
  }

  struct Verdict: Decodable {
    let state: String
    let findings: [Finding]?
  }

  struct Finding: Decodable {
    let code: String
    let ledger: String?
    let firstEntry: Int64?
    let lastEntry: Int64?
  }

  let result: String
  let logs: [Log]
  let verdicts: [String: Verdict]

  init(json: String) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(ReportShape.self, from: Data(json.utf8))
  }
}
