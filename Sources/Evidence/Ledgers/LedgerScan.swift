/// Finds where the columns of an entry stand in its bytes, for bytes that the layout would have written.
enum LedgerScan {
  /// Room for what ``scan(_:layout:into:)`` finds. It can be used again for the next entry, so that none is made for each of millions.
  static func fields(for layout: LedgerLayout) -> [Range<Int>?] { [Range<Int>?](repeating: nil, count: layout.columns.count) }

  /// - Parameter fields: where each column stands, in the columns' order; nil for a column that is NULL.
  static func scan(_ bytes: Span<UInt8>, layout: LedgerLayout, into fields: inout [Range<Int>?]) throws(LedgerLayoutFault) {
    let header = layout.header
    guard bytes.count >= header.count else { throw LedgerLayoutFault("the bytes end within the header") }
    for index in header.indices where bytes[index] != header[index] { throw LedgerLayoutFault("the header isn't that of the layout") }
    var position = header.count
    for (index, shape) in layout.shapes.enumerated() {
      let field = try Self.field(bytes, from: &position, layout, index)
      guard field != nil || shape.isOptional else { throw LedgerLayoutFault("\(layout.columns[index].name) is absent") }
      if let field, !fits(bytes.extracting(field), shape.kind) {
        throw LedgerLayoutFault("\(layout.columns[index].name) is not \(shape.kind.rawValue)")
      }
      fields[index] = field
    }
    guard position == bytes.count else { throw LedgerLayoutFault("bytes follow the last field") }
  }

  private static func field(
    _ bytes: Span<UInt8>, from position: inout Int, _ layout: LedgerLayout, _ index: Int
  ) throws(LedgerLayoutFault) -> Range<Int>? {
    guard bytes.count - position >= 4 else { throw LedgerLayoutFault("the bytes end before \(layout.columns[index].name)") }
    var length: UInt32 = 0
    for place in position..<position + 4 { length = length << 8 | UInt32(bytes[place]) }
    position += 4
    guard length != .max else { return nil }
    guard bytes.count - position >= Int(length) else { throw LedgerLayoutFault("the bytes end within \(layout.columns[index].name)") }
    defer { position += Int(length) }
    return position..<position + Int(length)
  }

  private static func fits(_ field: Span<UInt8>, _ kind: LedgerColumnKind) -> Bool {
    switch kind {
    case .integer, .timestamp: field.count == 8
    case .uuid: field.count == 16
    case .digest: field.count == 32
    case .text: (try? UTF8Span(validating: field)) != nil
    case .json: (try? UTF8Span(validating: field)) != nil && PrintedJSON.isOne(field.withUnsafeBufferPointer { Array($0) })
    }
  }
}
