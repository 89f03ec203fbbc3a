/// A statement and the values beside it: `"SELECT a FROM t WHERE b = \(value)"` is the text `… b = $1` and one bind.
///
/// A value never becomes text, so that there is no quoting to get wrong. Another `SQL` can be interpolated too; its places are renumbered.
package struct SQL: ExpressibleByStringInterpolation, Sendable, CustomStringConvertible {
  /// One piece more than there are binds: the text before, between and after them.
  private let pieces: [String]
  let binds: [PostgresBind]
  /// The text as the server gets it, with `$1`, `$2`, … in the places of the values.
  package let text: String

  package init(stringLiteral text: String) { self.init(pieces: [text], binds: []) }

  package init(stringInterpolation: StringInterpolation) {
    self.init(pieces: stringInterpolation.pieces, binds: stringInterpolation.binds)
  }

  private init(pieces: [String], binds: [PostgresBind]) {
    self.pieces = pieces
    self.binds = binds
    var text = pieces[0]
    for (index, piece) in pieces.dropFirst().enumerated() {
      text += "$\(index + 1)"
      text += piece
    }
    self.text = text
  }

  /// A name in double quotes, for identifiers that come from code.
  package static func quotedIdentifier(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The text without the values, on one line.
  package var description: String { summary }

  /// The head of the text, for errors and logs.
  var summary: String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count <= 80 ? words : words.prefix(79) + "…"
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [String] = [""]
    fileprivate var binds: [PostgresBind] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(interpolationCount + 1)
      binds.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { pieces[pieces.count - 1] += literal }

    package mutating func appendInterpolation(_ value: some PostgresEncodable) {
      binds.append(value.postgresBind)
      pieces.append("")
    }

    /// NULL where there is no value. Said apart, so that the compiler sees that an optional is meant.
    package mutating func appendInterpolation(_ value: (some PostgresEncodable)?) {
      binds.append(value.postgresBind)
      pieces.append("")
    }

    package mutating func appendInterpolation(_ fragment: SQL) {
      pieces[pieces.count - 1] += fragment.pieces[0]
      pieces.append(contentsOf: fragment.pieces.dropFirst())
      binds.append(contentsOf: fragment.binds)
    }

    /// Text that becomes part of the statement as it stands: only for names that come from code, never from input.
    package mutating func appendInterpolation(unsafe text: String) { pieces[pieces.count - 1] += text }
  }
}
