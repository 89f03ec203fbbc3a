/// Makes a passage into texts that PostgreSQL's parser accepts: values become `$1`, `$2`, …, text that isn't known a name, or nothing.
struct PassageText {
  private enum Form { case value, name, assignment, nothing }

  private struct Place {
    let index: Int
    let offset: Int
    let length: Int
  }

  private let pieces: [PassagePiece]
  private var forms: [Form]

  private init(_ pieces: [PassagePiece]) {
    self.pieces = pieces
    forms = pieces.map { if case .splice = $0 { .name } else { .value } }
  }

  /// Every combination of what the splices may be, up to a bound; a fault where none of them is SQL.
  static func variants(_ pieces: [PassagePiece]) -> Result<[PassageVariant], QueryParseFault> {
    var variants: [PassageVariant] = []
    var fault: QueryParseFault?
    for combination in combinations(pieces) {
      var text = PassageText(combination)
      switch text.parse() {
      case .success(let variant): variants.append(variant)
      case .failure(let other): fault = fault ?? other
      }
    }
    // What one alternative makes of a text counts even where another one makes nothing of it.
    if variants.isEmpty, let fault { return .failure(fault) }
    return .success(variants)
  }

  static let combinationsMax = 32

  private static func combinations(_ pieces: [PassagePiece], depth: Int = 0) -> [[PassagePiece]] {
    var results: [[PassagePiece]] = [[]]
    for piece in pieces {
      guard case .splice(_, let alternatives) = piece, !alternatives.isEmpty, depth < 6 else {
        for index in results.indices { results[index].append(piece) }
        continue
      }
      let expanded = alternatives.flatMap { combinations($0, depth: depth + 1) }
      results = Array(results.flatMap { result in expanded.map { result + $0 } }.prefix(combinationsMax))
    }
    return results
  }

  static let namePrefix = "cordon_unknown_"

  private mutating func parse() -> Result<PassageVariant, QueryParseFault> {
    var fault = QueryParseFault(message: "no SQL", position: 0)
    // Each failure weakens one place, at most three times, so that this ends.
    for _ in 0...(3 * pieces.count + 1) {
      let (text, places) = assembled()
      do throws(QueryParseFault) {
        return .success(variant(text, try QueryParser.parse(text)))
      } catch {
        fault = error
        guard weaken(at: error.position - 1, places) else { break }
      }
    }
    return .failure(fault)
  }

  private func variant(_ text: String, _ statements: [ParsedStatement]) -> PassageVariant {
    let names = pieces.indices.filter { isOpen($0) && (forms[$0] == .name || forms[$0] == .assignment) }.map { Self.namePrefix + "\($0)" }
    return PassageVariant(
      text: text, statements: statements, unknownNames: Set(names),
      hasUnknownText: pieces.indices.contains { isOpen($0) && forms[$0] == .nothing })
  }

  private func isOpen(_ index: Int) -> Bool { pieces[index].text == nil }

  private func assembled() -> (String, [Place]) {
    var text = ""
    var count = 0
    var places: [Place] = []
    for (index, piece) in pieces.enumerated() {
      let added: String
      if let own = piece.text {
        added = own
      } else {
        count += 1
        added =
          switch forms[index] {
          case .value: "$\(count)"
          case .name: Self.namePrefix + "\(index)"
          case .assignment: Self.namePrefix + "\(index) = 1"
          case .nothing: " "
          }
        places.append(Place(index: index, offset: text.utf8.count, length: added.utf8.count))
      }
      text += added
    }
    return (Self.ascii(text), places)
  }

  /// The parser counts characters and the places bytes; so that both are one, other characters become letters. psql's own commands go.
  private static func ascii(_ text: String) -> String {
    let plain = String(decoding: text.utf8.map { $0 < 0x80 ? ($0 == 0 ? 0x20 : $0) : UInt8(ascii: "x") }, as: UTF8.self)
    guard plain.contains("\\") else { return plain }
    return plain.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " }.hasPrefix("\\") ? String(repeating: " ", count: $0.utf8.count) : String($0) }
      .joined(separator: "\n")
  }

  /// Makes the place at which the parser stumbled, or the last one before it, a weaker thing. - Returns: false where nothing can be.
  private mutating func weaken(at position: Int, _ places: [Place]) -> Bool {
    let near = places.filter { $0.offset <= position && position <= $0.offset + $0.length }
    let before = places.filter { $0.offset < position }.reversed()
    for place in near + before {
      switch forms[place.index] {
      case .value: forms[place.index] = .name
      case .name: forms[place.index] = .assignment
      case .assignment: forms[place.index] = .nothing
      case .nothing: continue
      }
      return true
    }
    return false
  }
}
