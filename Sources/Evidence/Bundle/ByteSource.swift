/// Where a bundle's bytes come from.
package protocol ByteSource {
  /// At least one byte and at most `count`; none at the end.
  mutating func read(upTo count: Int) throws(ByteSourceFault) -> [UInt8]
}
