import Contracts
import Foundation

/// One call as it stood on the wire.
struct WireCall: Sendable {
  let line: String
  private let fields: [String: String]

  init(_ head: String) {
    let lines = head.components(separatedBy: "\r\n")
    line = lines.first ?? ""
    fields = lines.dropFirst().reduce(into: [:]) { fields, text in
      let parts = text.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
  }

  subscript(_ name: String) -> String? { fields[name] }

  /// What a call between roles must have and this one hasn't.
  func missing(caller: String, token: String, brand: Int64?, isSigned: Bool) -> [String] {
    var wanted = [HeaderNames.callerService: caller, HeaderNames.internalServiceToken: token]
    if let brand { wanted[HeaderNames.brandID] = "\(brand)" }
    var missing = wanted.filter { self[$0.key] != $0.value }.map(\.key).sorted()
    if isSigned, self[HeaderNames.brandSignature]?.hasPrefix("v1.") != true { missing.append(HeaderNames.brandSignature) }
    return missing
  }
}
