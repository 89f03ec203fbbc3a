internal import Evidence
internal import Glibc

/// A file, read from its beginning.
struct FileSource: ByteSource {
  private static let receiptBytesMax = 256 * 1024
  private static let receiptHeader = Array("c2sp.org/tlog-proof@v1\n".utf8)

  private let path: String
  private let descriptor: Int32
  /// 0 where it isn't known, as of a pipe.
  let size: Int64
  /// What was read to see what the file is.
  private var ahead: [UInt8]

  /// `-` is standard input.
  init(path: String) throws(VerifyFailure) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw VerifyFailure(.unreadable, "\(path): \(Self.reason())") }
    var status = stat()
    size = fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    ahead = []
    do throws(ByteSourceFault) {
      while ahead.count < Self.receiptHeader.count {
        let more = try next(Self.receiptHeader.count - ahead.count)
        guard !more.isEmpty else { break }
        ahead += more
      }
    } catch {
      throw VerifyFailure(.unreadable, error.description)
    }
  }

  func close() { Glibc.close(descriptor) }

  /// All of the file where it is a receipt, as far as receipts may go; nil where it isn't one.
  func receipt() throws(ByteSourceFault) -> [UInt8]? {
    guard ahead == Self.receiptHeader else { return nil }
    var bytes = ahead
    while bytes.count <= Self.receiptBytesMax {
      let more = try next(Self.receiptBytesMax)
      guard !more.isEmpty else { break }
      bytes += more
    }
    return bytes
  }

  mutating func read(upTo count: Int) throws(ByteSourceFault) -> [UInt8] {
    guard ahead.isEmpty else {
      defer { ahead = [] }
      return ahead
    }
    return try next(count)
  }

  private func next(_ count: Int) throws(ByteSourceFault) -> [UInt8] {
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      repeat { result = Glibc.read(descriptor, buffer.baseAddress, count) } while result < 0 && errno == EINTR
      filled = max(result, 0)
    }
    guard result >= 0 else { throw ByteSourceFault("\(path): \(Self.reason())") }
    return bytes
  }

  private static func reason() -> String { String(cString: strerror(errno)) }

  /// A small file, whole.
  static func contents(of path: String, bytesMax: Int) throws(VerifyFailure) -> [UInt8] {
    do throws(VerifyFailure) {
      var source = try FileSource(path: path)
      defer { source.close() }
      return try source.rest(bytesMax: bytesMax)
    } catch {
      throw VerifyFailure(.usage, error.message)
    }
  }

  private mutating func rest(bytesMax: Int) throws(VerifyFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(ByteSourceFault) {
      while bytes.count <= bytesMax {
        let more = try read(upTo: bytesMax)
        guard !more.isEmpty else { return bytes }
        bytes += more
      }
    } catch {
      throw VerifyFailure(.unreadable, error.description)
    }
    throw VerifyFailure(.usage, "\(path) has more than \(bytesMax) bytes")
  }
}
