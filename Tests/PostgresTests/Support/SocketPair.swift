import Glibc

/// A connected pair of sockets, closed when it goes.
final class SocketPair: Sendable {
  let left: Int32
  let right: Int32

  init() {
    var ends: [Int32] = [0, 0]
    precondition(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0, &ends) == 0)
    (left, right) = (ends[0], ends[1])
  }

  deinit {
    close(left)
    close(right)
  }

  /// Another descriptor of `right` that outlives the pair.
  func duplicateRight() -> Int32 { dup(right) }

  func writeToRight() { _ = write(left, "x", 1) }
  func writeToLeft() { _ = write(right, "x", 1) }

  /// Until the kernel takes no more.
  func fillLeft() {
    let block = [UInt8](repeating: 0, count: 64 * 1024)
    while write(left, block, block.count) > 0 {}
  }

  func drainRight() {
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while read(right, &block, block.count) > 0 {}
  }
}
