internal import Contracts
internal import Kernel
internal import Platform

/// An answer without what differs from one request to the next: two answers that say the same are equal.
struct IsolationAnswer: Hashable, Sendable {
  let status: Int
  let reason: String?
  /// Every reason in it; of a batch there are several.
  let reasons: Set<String>
  /// Of the headers, those that say something.
  let headers: [String: String]
  let body: String

  private static let headersThatMatter = [
    "content-type", "cache-control", "location", "allow", "www-authenticate", HeaderNames.idempotencyReplayed,
  ]

  /// - Parameters:
  ///   - asked: what the request named, and what else it sent that an answer may repeat.
  ///   - isChange: whether the request was to change something. Numbers in the answer to a change that happened are of that moment.
  ///   - number: as ``AnswerWords`` takes it.
  init(_ reply: StackReply, asked: [String], number: JSONValue.Member?, isChange: Bool) {
    status = reply.status
    reason = reply.reason
    reasons = (try? JSONDocument.parse(reply.body)).map { Set(Self.reasons(in: $0)) } ?? []
    headers = Self.headersThatMatter.reduce(into: [:]) { $0[$1] = reply.headers[$1] }
    let words = AnswerWords(asked: asked, number: number, elidesNumbers: isChange && reply.status < 300)
    body = words.text(of: reply.body)
  }

  /// What a command wrote, as far as it says something: the thing and the brand are as they were asked for.
  init(exit: Int32, output: String, asked: String, brand: DemoBrand) {
    status = Int(exit)
    reason = nil
    reasons = []
    headers = [:]
    let words = output.replacing(asked, with: "<asked>").replacing("brand \(brand.id)", with: "<brand>")
    body = AnswerWords(asked: [], elidesNumbers: false).text(of: Array(words.utf8))
  }

  private static func reasons(in json: JSONValue) -> [String] {
    switch json {
    case .object(let members):
      members.flatMap { member in
        if member.name == "reason", let reason = member.value.text { [reason] } else { reasons(in: member.value) }
      }
    case .array(let items): items.flatMap { reasons(in: $0) }
    case .null, .boolean, .number, .string: []
    }
  }

  /// `404 transaction_not_found`.
  var summary: String { reason.map { "\(status) \($0)" } ?? "\(status)" }
}
