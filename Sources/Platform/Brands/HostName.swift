internal import Contracts

/// Host names as bindings hold them: lower case, without port, at most 253 bytes in labels of 1 to 63 (RFC 1035 section 2.3.4).
package enum HostName {
  package static let bytesMax = 253
  private static let labelBytesMax = 63

  package static func isValid(_ text: String) -> Bool {
    guard text.utf8.count <= bytesMax, TextPattern.hostName.matches(text) else { return false }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      (1...labelBytesMax).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
    }
  }
}
