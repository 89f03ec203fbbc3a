/// A part of a text that becomes SQL.
indirect enum PassagePiece: Hashable {
  case text(String)
  /// A value from elsewhere. - `name`: what the source calls it.
  case value(name: String)
  /// Text that is spliced in as it stands: each alternative is what it may be; none where that isn't known.
  case splice(name: String, alternatives: [[PassagePiece]])

  var text: String? { if case .text(let text) = self { text } else { nil } }
}
