/// One field line of a head, as places in the head's bytes (a head is at most 16 KiB, so that 16 bits are enough).
struct HeadField {
  /// Where the line begins; the name begins here.
  let start: UInt16
  let nameLength: UInt16
  let valueStart: UInt16
  let valueLength: UInt16
  /// Where the line ends, after its CR LF.
  let end: UInt16
  var kind: FieldKind

  var nameRange: Range<Int> { Int(start)..<Int(start) + Int(nameLength) }
  var valueRange: Range<Int> { Int(valueStart)..<Int(valueStart) + Int(valueLength) }
}
