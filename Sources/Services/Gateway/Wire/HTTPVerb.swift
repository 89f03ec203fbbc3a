/// A request method; those that no route of Cordon takes are all `other`.
enum HTTPVerb: String, Hashable, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  case options = "OPTIONS"
  case other = "_OTHER"

  /// Methods are case-sensitive (RFC 9110 section 9.1).
  init(_ bytes: UnsafeRawBufferPointer) {
    func spells(_ name: StaticString) -> Bool {
      guard bytes.count == name.utf8CodeUnitCount else { return false }
      for index in 0..<bytes.count where bytes[index] != name.utf8Start[index] { return false }
      return true
    }
    self =
      if spells("GET") { .get } else if spells("POST") { .post } else if spells("DELETE") { .delete } else if spells("PUT") {
        .put
      } else if spells("PATCH") { .patch } else if spells("HEAD") { .head } else if spells("OPTIONS") { .options } else { .other }
  }

  /// Safe to send a second time on a fresh connection when the first one died without an answer (RFC 9110 section 9.2.2).
  var isSafe: Bool { self == .get || self == .head }
}
