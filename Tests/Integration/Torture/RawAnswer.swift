import Foundation
import Glibc

/// An HTTP answer, read with as little as a test needs.
struct RawAnswer: Sendable {
  let status: Int
  /// By lower-case name.
  let headers: [String: String]
  let body: [UInt8]

  /// - Returns: how many bytes the first answer takes, once all of them are there.
  static func length(of bytes: [UInt8], isHead: Bool) -> Int? {
    guard let head = headEnd(bytes) else { return nil }
    guard let answer = RawAnswer(bytes) else { return nil }
    if isHead || answer.status == 204 || answer.status == 304 || (100...199).contains(answer.status) { return head }
    guard let length = answer.headers["content-length"].flatMap({ Int($0) }) else { return nil }
    return bytes.count >= head + length ? head + length : nil
  }

  init?(_ bytes: [UInt8]) {
    guard let head = Self.headEnd(bytes) else { return nil }
    let lines = String(decoding: bytes[..<head], as: UTF8.self).components(separatedBy: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
    self.status = status
    headers = lines.dropFirst().reduce(into: [:]) { headers, line in
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    body = Array(bytes[head...])
  }

  /// The byte after the empty line.
  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var from = 0
      while from < bytes.count, let found = memchr(start + from, 0x0A, bytes.count - from) {
        let place = start.distance(to: found)
        if place >= 3, bytes[place - 1] == 0x0D, bytes[place - 2] == 0x0A { return place + 1 }
        from = place + 1
      }
      return nil
    }
  }
}
