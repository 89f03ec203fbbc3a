internal import Evidence
internal import Platform

/// What is written of a file, from its beginning.
struct GrowingFileSource: ByteSource {
  let file: GrowingFile
  var place: Int64 = 0

  mutating func read(upTo count: Int) throws(ByteSourceFault) -> [UInt8] {
    do throws(FileFault) {
      let bytes = try file.read(at: place, upTo: count)
      place += Int64(bytes.count)
      return bytes
    } catch {
      throw ByteSourceFault(error.description)
    }
  }
}
