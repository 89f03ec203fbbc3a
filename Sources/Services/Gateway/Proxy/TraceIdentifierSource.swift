internal import Kernel

/// Makes identifiers on one event loop without asking the kernel for randomness each time: they must be unique, not secret.
struct TraceIdentifierSource {
  private var state: (UInt64, UInt64)

  init() {
    var system = SystemRandomNumberGenerator()
    state = (system.next(), system.next() | 1)
  }

  /// Keeps a sane outside request id and a valid outside trace; replaces anything else. The caller's sampled flag is not trusted:
  /// an outsider doesn't decide what is recorded.
  mutating func next(for head: RequestHead?) -> TraceIdentifiers {
    let requestID = head?.value(of: .requestID).flatMap { Self.isSaneRequestID($0) ? $0 : nil }
    let outside = head.flatMap { $0.count(of: .traceparent) == 1 ? $0.value(of: .traceparent) : nil }.flatMap(Self.traceID(of:))
    let traceID = outside ?? hexadecimal(words: 2)
    return TraceIdentifiers(
      requestID: requestID ?? hexadecimal(words: 2), traceID: traceID, traceparent: "00-\(traceID)-\(hexadecimal(words: 1))-00",
      continuesTrace: outside != nil)
  }

  /// One to 128 letters, digits, `-`, `_` and `.`: harmless in logs, headers and URNs.
  static func isSaneRequestID(_ text: String) -> Bool {
    let bytes = text.utf8
    guard (1...Limits.requestIDCharactersMax).contains(bytes.count) else { return false }
    return bytes.allSatisfy { ByteClass.isDigit($0) || ByteClass.isLetter($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
  }

  /// The trace id of a valid `traceparent`; nil for the all-zero ids, version `ff` and any other form.
  static func traceID(of traceparent: String) -> String? {
    let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, isLowerHex(parts[0], 2), parts[0] != "ff", parts[0] != "00" || parts.count == 4 else { return nil }
    guard isLowerHex(parts[1], 32), isLowerHex(parts[2], 16), isLowerHex(parts[3], 2) else { return nil }
    guard parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" }) else { return nil }
    return String(parts[1])
  }

  private static func isLowerHex(_ text: Substring, _ count: Int) -> Bool {
    text.utf8.count == count && text.utf8.allSatisfy { ByteClass.isDigit($0) || (0x61...0x66).contains($0) }
  }

  /// Sixteen digits per word. Never all zero: the last digit group of the first word is odd.
  private mutating func hexadecimal(words: Int) -> String {
    String(unsafeUninitializedCapacity: words * 16) { text in
      for word in 0..<words {
        var value = nextWord() | 1
        for digit in 0..<16 {
          let nibble = UInt8(truncatingIfNeeded: value >> 60)
          text[word * 16 + digit] = nibble < 10 ? nibble + 0x30 : nibble + 0x57
          value <<= 4
        }
      }
      return words * 16
    }
  }

  /// xoroshiro128+ (Blackman and Vigna): fast, period 2^128 - 1.
  private mutating func nextWord() -> UInt64 {
    let result = state.0 &+ state.1
    let mixed = state.0 ^ state.1
    state = (Self.rotate(state.0, 24) ^ mixed ^ (mixed << 16), Self.rotate(mixed, 37))
    return result
  }

  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { (value << count) | (value >> (64 - count)) }
}
