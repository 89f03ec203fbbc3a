import Foundation

/// What `cordon backup verify --json` says.
struct BackupAnswer: Decodable {
  struct Finding: Decodable {
    let code: String
    let subject: String
    let detail: String
  }

  struct Step: Decodable {
    let name: String
    let passed: Bool
    let seconds: Double?
    let findings: [Finding]
  }

  struct Log: Decodable {
    let brandCode: String
    let entries: Int64
    let signed: Int64
    let checkpoints: Int64
    let published: Int64?
    let live: Int64?
    let rpoEntries: Int64
    let rpoSeconds: Int64
  }

  struct Key: Decodable, Hashable {
    let number: Int64
    let fingerprint: String
  }

  let verified: Bool
  let expectedHead: Int64
  let actualHead: Int64
  let headsSha256: String
  let steps: [Step]
  let logs: [Log]
  let keys: [Key]

  var findings: [Finding] { steps.flatMap(\.findings) }

  static func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(text.utf8))
  }
}
