/// Ways in which a callback's body can be wrong. The same seed makes the same bodies.
struct CallbackDamage {
  private var generator: SplitMix

  init(seed: UInt64) { generator = SplitMix(seed: seed) }

  private mutating func number(below bound: Int) -> Int { bound > 0 ? Int(generator.next() % UInt64(bound)) : 0 }

  mutating func body(like good: [UInt8], for pen: ProviderPen) -> [UInt8] {
    switch number(below: 8) {
    case 0: flipped(good)
    case 1: cut(good)
    case 2: spliced(good)
    case 3: random()
    case 4: doubled(good)
    default: replaced(good, pen)
    }
  }

  private mutating func flipped(_ good: [UInt8]) -> [UInt8] {
    var body = good
    for _ in 0...number(below: 3) { body[number(below: body.count)] ^= UInt8(1 << number(below: 8)) }
    return body
  }

  private mutating func cut(_ good: [UInt8]) -> [UInt8] { Array(good.prefix(number(below: good.count))) }

  private mutating func spliced(_ good: [UInt8]) -> [UInt8] {
    let pieces = Self.pieces
    var body = good
    body.insert(contentsOf: Array(pieces[number(below: pieces.count)].utf8), at: number(below: body.count))
    return body
  }

  private mutating func random() -> [UInt8] { (0..<number(below: 300)).map { _ in UInt8(truncatingIfNeeded: generator.next()) } }

  private mutating func doubled(_ good: [UInt8]) -> [UInt8] { good + good.dropFirst(number(below: good.count)) }

  /// A value of a hand-made list in the place of one that was right.
  private mutating func replaced(_ good: [UInt8], _ pen: ProviderPen) -> [UInt8] {
    let values = pen.provider == "bti" ? Self.formValues : Self.jsonValues
    let value = values[number(below: values.count)]
    let text = String(decoding: good, as: UTF8.self)
    if pen.provider == "bti" {
      var fields = text.split(separator: "&").map { String($0) }
      let index = number(below: fields.count)
      fields[index] = (fields[index].split(separator: "=").first.map { String($0) } ?? "") + "=" + value
      return Array(fields.joined(separator: "&").utf8)
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    let index = number(below: parts.count)
    guard let colon = parts[index].lastIndex(of: ":") else { return Array(text.utf8) }
    var changed = parts
    let tail = String(parts[index].reversed().prefix { $0 == "}" })
    changed[index] = parts[index][...colon] + value + tail
    return Array(changed.joined(separator: ",").utf8)
  }

  private static let pieces = [
    "\u{FEFF}", "{", "}", "[", "\"", ",", ":", "\\", "\\u0000", "\u{0}", "1e400", "-0", "NaN", "&", "=", "%", "%zz", "&amount=1",
    ",\"amount\":1",
    "\r\n", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "' OR 1=1 --", "\u{1F4B0}",
  ]

  private static let jsonValues = [
    "1e400", "-0", "-1", "NaN", "Infinity", "9223372036854775808", "9223372036854775807", "1.5", "1E3", "0x10", "\"300\"", "\"\"", "null",
    "true", "[]", "{}", String(repeating: "[", count: 10_000), "\"\\ud800\"", "\"\(String(repeating: "a", count: 5000))\"", "01", "+1", "0",
    "\"EUR \"", "\"USD\"", "\"default_alice\\u0000\"", "\"DEFAULT_ALICE\"", "\"brand2_alice\"", "\"default_\"", "\"../../x\"",
  ]

  private static let formValues = [
    "", "-1", "-0", "1e3", "1.999", "1,50", "NaN", "92233720368547758.08", "9223372036854775808", "%00", "%FF", "%zz", "0x10", "+", "EUR+",
    "USD", String(repeating: "a", count: 5000), "default_alice%00", "DEFAULT_ALICE", "brand2_alice", "default_", "0.001", "..%2F..",
  ]
}
