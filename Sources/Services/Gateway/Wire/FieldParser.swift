/// Reads the field lines of a complete head.
enum FieldParser {
  /// - Parameter bytes: a whole head, every line of which ends with CR LF (``HeadScanner`` has seen to that).
  /// - Parameter start: where the first field line begins.
  static func parse(_ bytes: UnsafeRawBufferPointer, from start: Int) throws(WireFault) -> [HeadField] {
    var fields: [HeadField] = []
    fields.reserveCapacity(16)
    var position = start
    let last = bytes.count - 2
    while position < last {
      let field = try line(bytes, from: position)
      fields.append(field)
      position = Int(field.end)
    }
    return fields
  }

  private static func line(_ bytes: UnsafeRawBufferPointer, from start: Int) throws(WireFault) -> HeadField {
    guard !ByteClass.isWhitespace(bytes[start]) else { throw .malformed("A field line is folded.") }
    var colon = start
    while ByteClass.isToken(bytes[colon]) { colon += 1 }
    guard bytes[colon] == ByteClass.colon, colon > start else { throw .malformed("A field name is not a token followed by a colon.") }

    var end = colon + 1
    while ByteClass.isFieldValue(bytes[end]) { end += 1 }
    guard bytes[end] == ByteClass.carriageReturn, bytes[end + 1] == ByteClass.lineFeed else {
      throw .malformed("A field value holds a control character.")
    }

    var valueStart = colon + 1
    var valueEnd = end
    while valueStart < valueEnd, ByteClass.isWhitespace(bytes[valueStart]) { valueStart += 1 }
    while valueEnd > valueStart, ByteClass.isWhitespace(bytes[valueEnd - 1]) { valueEnd -= 1 }
    return HeadField(
      start: UInt16(start), nameLength: UInt16(colon - start), valueStart: UInt16(valueStart),
      valueLength: UInt16(valueEnd - valueStart), end: UInt16(end + 2),
      kind: FieldKind(name: UnsafeRawBufferPointer(rebasing: bytes[start..<colon])))
  }

  /// Turns the fields that a `Connection` field nominates into dropped ones (RFC 9110 section 7.6.1) and says what it asks for.
  static func applyConnection(_ bytes: UnsafeRawBufferPointer, to fields: inout [HeadField]) throws(WireFault) -> ConnectionOptions {
    var options = ConnectionOptions()
    for field in fields where field.kind == .connection {
      for token in bytes[field.valueRange].split(separator: 0x2C) {
        let name = UnsafeRawBufferPointer(rebasing: trim(token))
        guard name.allSatisfy(ByteClass.isToken) else { throw .malformed("Connection is not a list of tokens.") }
        if StaticString("close").equalsIgnoringCase(name) {
          options.close = true
        } else if StaticString("keep-alive").equalsIgnoringCase(name) {
          options.keepAlive = true
        } else {
          drop(name, bytes, &fields)
        }
      }
    }
    return options
  }

  private static func drop(_ name: UnsafeRawBufferPointer, _ bytes: UnsafeRawBufferPointer, _ fields: inout [HeadField]) {
    for index in fields.indices where fields[index].kind == .other {
      let candidate = bytes[fields[index].nameRange]
      guard candidate.count == name.count else { continue }
      if zip(candidate, name).allSatisfy({ lowercased($0) == lowercased($1) }) { fields[index].kind = .dropped }
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private static func trim(_ slice: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    var slice = slice
    while let first = slice.first, ByteClass.isWhitespace(first) { slice = slice.dropFirst() }
    while let last = slice.last, ByteClass.isWhitespace(last) { slice = slice.dropLast() }
    return slice
  }
}
