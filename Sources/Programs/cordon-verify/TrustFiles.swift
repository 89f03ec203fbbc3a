internal import Evidence

/// Reads what the command line says is trusted.
enum TrustFiles {
  private static let bytesMax = 1024 * 1024

  static func trust(_ arguments: Arguments) throws(VerifyFailure) -> Trust {
    var keys: [VerifierKey] = []
    for path in arguments.keys { keys += try self.keys(path) }
    var seen: [SignedCheckpoint] = []
    for path in arguments.seen { seen.append(try parsed(path, SignedCheckpoint.init(bytes:))) }
    let policy: TrustPolicy? = if let path = arguments.policy { try parsed(path, TrustPolicy.init(text:)) } else { nil }
    return Trust(
      keys: keys, policy: policy, time: arguments.time, ageSecondsMax: arguments.ageSecondsMax, seen: seen,
      histories: try histories(arguments.histories, trustedBy: keys))
  }

  private static func histories(_ paths: [String], trustedBy keys: [VerifierKey]) throws(VerifyFailure) -> [KeyHistory] {
    var histories: [KeyHistory] = []
    for path in paths {
      let history = try parsed(path, KeyHistory.init(bytes:))
      guard history.isTrusted(by: keys) else { throw VerifyFailure(.usage, "\(path): none of its keys is among those of --keys") }
      guard !histories.contains(where: { $0.operatorName == history.operatorName }) else {
        throw VerifyFailure(.usage, "\(path): \(history.operatorName) has a history already; name the longest alone")
      }
      histories.append(history)
    }
    return histories
  }

  /// One key a line; empty lines and lines that begin with `#` are for people.
  private static func keys(_ path: String) throws(VerifyFailure) -> [VerifierKey] {
    let keys = try parsed(path) { text throws(NoteFault) in
      var keys: [VerifierKey] = []
      for line in text.split(separator: 0x0A) where line.first != UInt8(ascii: "#") {
        guard let line = String(validating: line, as: UTF8.self) else { throw NoteFault("a key isn't UTF-8") }
        keys.append(try VerifierKey(text: line))
      }
      return keys
    }
    guard !keys.isEmpty else { throw VerifyFailure(.usage, "\(path) has no key") }
    return keys
  }

  private static func parsed<Value>(_ path: String, _ parse: ([UInt8]) throws(NoteFault) -> Value) throws(VerifyFailure) -> Value {
    let bytes = try FileSource.contents(of: path, bytesMax: bytesMax)
    do throws(NoteFault) {
      return try parse(bytes)
    } catch {
      throw VerifyFailure(.usage, "\(path): \(error)")
    }
  }
}
