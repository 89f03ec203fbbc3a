internal import Platform

/// What a brand has of each kind of thing, made for the audit.
struct IsolationCanaries: Sendable {
  let brand: DemoBrand
  let operatorToken: String
  private(set) var values: [IsolationThing: JSONValue] = [:]
  /// Texts of the brand that no answer to the other may have in it.
  private(set) var marks: Set<String> = []

  init(brand: DemoBrand, operatorToken: String) {
    self.brand = brand
    self.operatorToken = operatorToken
  }

  subscript(_ thing: IsolationThing) -> JSONValue? { values[thing] }

  mutating func keep(_ thing: IsolationThing, _ value: JSONValue) {
    values[thing] = value
    if let text = value.text, !Self.common.contains(thing) { mark(text) }
  }

  mutating func mark(_ text: String) {
    if text.utf8.count >= Self.markBytesMin { marks.insert(text) }
  }

  /// A shorter text may be anything.
  private static let markBytesMin = 8
  /// What both brands have alike.
  private static let common: Set<IsolationThing> = [.currency, .bucket, .otherBucket, .password]
}
