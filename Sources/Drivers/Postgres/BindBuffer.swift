/// The values of one statement in one block of memory, as libpq wants them.
struct BindBuffer {
  private var bytes: [UInt8] = []
  /// Where each value starts in `bytes`; nil for NULL.
  private var starts: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  var count: Int { starts.count }

  init(_ binds: [PostgresBind]) throws(PostgresError) {
    for bind in binds {
      switch bind.content {
      case .null: append(nil, isBinary: true)
      case .binary(let value): append(value, isBinary: true)
      case .text(let text): append(Array(text.utf8), isBinary: false)
      case .refused(let reason):
        throw PostgresError(.misuse, reason, sqlState: .characterNotInRepertoire, operation: "bind")
      }
    }
  }

  private mutating func append(_ value: [UInt8]?, isBinary: Bool) {
    starts.append(value == nil ? nil : bytes.count)
    lengths.append(Int32(clamping: value?.count ?? 0))
    formats.append(isBinary ? 1 : 0)
    bytes.append(contentsOf: value ?? [])
    // The text form ends with a NUL; after a binary value it does no harm, and gives an empty value an address.
    bytes.append(0)
  }

  func withPointers<R>(_ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> R) -> R {
    bytes.withUnsafeBytes { block in
      let values = starts.map { start in
        start.flatMap { offset in block.baseAddress.map { ($0 + offset).assumingMemoryBound(to: CChar.self) } }
      }
      return body(values, lengths, formats)
    }
  }
}
