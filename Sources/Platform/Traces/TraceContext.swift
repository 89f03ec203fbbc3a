internal import Kernel

/// One span's place in a trace (W3C Trace Context level 1): `00-<32 hex>-<16 hex>-<2 hex>`.
package struct TraceContext: Hashable, Sendable {
  /// 32 lower-case hexadecimal digits, not all zero.
  package let traceID: String
  /// 16 lower-case hexadecimal digits, not all zero: this process's span.
  package let spanID: String
  package let isSampled: Bool
  /// Vendor entries, handed on as they came; empty when there were none.
  package let state: String

  package init(traceID: String, spanID: String, isSampled: Bool, state: String = "") {
    self.traceID = traceID
    self.spanID = spanID
    self.isSampled = isSampled
    self.state = state
  }

  /// The header value that the next hop and the `traceresponse` of this one carry.
  package var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

  /// A span below this one.
  package func child() -> TraceContext {
    TraceContext(traceID: traceID, spanID: Self.randomID(words: 1), isSampled: isSampled, state: state)
  }

  /// A trace that starts here.
  package static func new() -> TraceContext {
    TraceContext(traceID: randomID(words: 2), spanID: randomID(words: 1), isSampled: true)
  }

  /// The span of this process in the caller's trace, or a new trace when the headers are absent or invalid: a bad header
  /// never fails a request.
  package static func continuing(traceparent: String?, tracestate: String?) -> TraceContext {
    guard let traceparent, let parent = parse(traceparent) else { return new() }
    let state = tracestate.flatMap { isAcceptableState($0) ? $0 : nil } ?? ""
    return TraceContext(traceID: parent.traceID, spanID: randomID(words: 1), isSampled: parent.isSampled, state: state)
  }

  /// Nil for anything that the recommendation calls invalid: version `ff`, zero ids, upper case, wrong lengths; a later
  /// version may be longer.
  package static func parse(_ header: String) -> TraceContext? {
    let parts = header.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].utf8.count == 2, let version = Hexadecimal.decode(parts[0]), version != [0xFF] else { return nil }
    guard version != [0] || parts.count == 4 else { return nil }
    guard parts[1].utf8.count == 32, let trace = Hexadecimal.decode(parts[1]), trace.contains(where: { $0 != 0 }) else { return nil }
    guard parts[2].utf8.count == 16, let span = Hexadecimal.decode(parts[2]), span.contains(where: { $0 != 0 }) else { return nil }
    guard parts[3].utf8.count == 2, let flags = Hexadecimal.decode(parts[3])?.first else { return nil }
    return TraceContext(traceID: String(parts[1]), spanID: String(parts[2]), isSampled: flags & 1 == 1)
  }

  private static func isAcceptableState(_ header: String) -> Bool {
    let bytes = header.utf8
    guard bytes.count <= 512, bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return false }
    return header.split(separator: ",").count <= 32
  }

  private static func randomID(words: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    let values = (0..<words).map { _ in generator.next() as UInt64 }
    // One zero in 2^64: then the last digit is set, because an all-zero id is invalid.
    let last = values.allSatisfy { $0 == 0 } ? [UInt64(1)] : [values[words - 1]]
    return Hexadecimal.encode(
      (values.dropLast() + last).flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } })
  }
}
