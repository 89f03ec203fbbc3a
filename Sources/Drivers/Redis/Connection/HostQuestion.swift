import Glibc

/// A host name to look up, carried into the thread that does it.
final class HostQuestion: Sendable {
  let host: String
  let answer: HostAnswer

  init(host: String, answer: HostAnswer) {
    self.host = host
    self.answer = answer
  }

  /// Blocks the calling thread until the resolver has answered.
  func run() {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0, let list else { return answer.set(nil) }
    defer { freeaddrinfo(list) }
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let info = list.pointee
    let failure = getnameinfo(info.ai_addr, info.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    answer.set(failure == 0 ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil)
  }
}
