internal import NIOCore

/// The head of a request that passed every syntax rule.
struct RequestHead {
  /// The head as it came, from the method to the empty line. All ranges count from its first readable byte.
  let bytes: ByteBuffer
  let verb: HTTPVerb
  /// Method and target together with the space between them, for copying.
  let methodAndTarget: Range<Int>
  let path: Range<Int>
  let fields: [HeadField]
  let framing: BodyFraming
  let isHTTP11: Bool
  let keepAlive: Bool
  let expectsContinue: Bool
  /// The one Host value: lower case, without port and trailing dot (what a binding is looked up by).
  let host: String

  func text(_ range: Range<Int>) -> String {
    bytes.getString(at: bytes.readerIndex + range.lowerBound, length: range.count) ?? ""
  }

  /// The value of the first field of a kind. Fields that may be there only once have been checked for that.
  func value(of kind: FieldKind) -> String? {
    fields.first { $0.kind == kind }.map { text($0.valueRange) }
  }

  func count(of kind: FieldKind) -> Int { fields.count { $0.kind == kind } }

  /// The values of a field that has no kind of its own.
  /// - Parameter name: in lower case.
  func values(named name: String) -> [String] {
    fields.filter { text($0.nameRange).lowercased() == name }.map { text($0.valueRange) }
  }
}
