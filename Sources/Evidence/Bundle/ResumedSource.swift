/// A source of which the beginning was read.
struct ResumedSource<Rest: ByteSource>: ByteSource {
  var start: [UInt8]
  var rest: Rest

  mutating func read(upTo count: Int) throws(ByteSourceFault) -> [UInt8] {
    guard start.isEmpty else {
      defer { start = Array(start.dropFirst(count)) }
      return Array(start.prefix(count))
    }
    return try rest.read(upTo: count)
  }
}
