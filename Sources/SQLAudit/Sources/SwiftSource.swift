/// A Swift file, read once.
struct SwiftSource {
  let path: String
  let outline: SwiftOutline
  let comments: [Int: SourceComment]
  let fragments: [SwiftFragment]

  init(path: String, text: String) {
    self.path = path
    let (tokens, comments) = SwiftLexer.read(text)
    outline = SwiftOutline(tokens)
    self.comments = Dictionary(comments.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
    fragments = SwiftFragments.read(outline)
  }

  var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// The markers of the comments right above a line.
  func marker(above line: Int) -> BrandMarker? {
    var line = line - 1
    while let comment = comments[line], comment.isAlone {
      if let marker = BrandMarker(comment: comment.text) { return marker }
      line -= 1
    }
    return nil
  }

  func marker(on line: Int) -> BrandMarker? { comments[line].flatMap { BrandMarker(comment: $0.text) } }
}
