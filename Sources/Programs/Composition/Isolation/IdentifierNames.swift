internal import Contracts

/// Which places of a request look as if they named a thing of a brand. Pure.
enum IdentifierNames {
  private static let words: Set<String> = ["id", "ids", "cursor", "seq", "key", "token", "reference", "account"]
  private static let headers: Set<String> = [HeaderNames.brandID, HeaderNames.playerID, HeaderNames.idempotencyKey]

  static func isIdentifier(_ place: IsolationPlace) -> Bool {
    switch place.part {
    case .path, .argument: true
    case .header: headers.contains(place.name.lowercased())
    case .query, .body: words.contains(place.name.split(separator: "_").last.map { String($0) } ?? place.name)
    }
  }
}
