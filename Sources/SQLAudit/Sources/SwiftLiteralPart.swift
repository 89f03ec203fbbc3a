/// A part of a text literal.
indirect enum SwiftLiteralPart {
  case text(String)
  /// The tokens between `\(` and `)`.
  case code([SwiftToken])
}
