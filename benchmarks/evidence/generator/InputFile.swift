internal import Evidence
internal import Glibc

/// A file that is read from its beginning.
struct InputFile: ByteSource {
  private let descriptor: Int32

  init?(_ path: String) {
    descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
  }

  mutating func read(upTo count: Int) throws(ByteSourceFault) -> [UInt8] {
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      result = Glibc.read(descriptor, buffer.baseAddress, count)
      filled = max(result, 0)
    }
    guard result >= 0 else { throw ByteSourceFault("the bundle can't be read") }
    return bytes
  }
}
