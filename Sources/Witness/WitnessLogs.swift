package import Evidence
internal import Kernel

/// The logs that a witness knows, by their keys: lines as `cordon-verify --keys` takes them. A key under `<operator>/keys` stands for every log of that operator
/// (docs/formats/key-history.md), another for the log of its name alone.
package struct WitnessLogs: Sendable {
  package static let bytesMax = 1024 * 1024
  private static let operatorEnd = "/keys"

  private var byOrigin: [KeyName: [VerifierKey]] = [:]
  private var byOperator: [OperatorName: [VerifierKey]] = [:]

  /// Empty lines, and those that begin with `#`, are for people.
  package init(text: [UInt8]) throws(NoteFault) {
    for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      do throws(NoteFault) {
        guard let line = String(validating: line, as: UTF8.self) else { throw NoteFault("a key isn't UTF-8") }
        let key = try VerifierKey(text: line)
        guard key.kind == .ed25519 else { throw NoteFault("\(key.name) isn't a log's key") }
        add(key)
      } catch {
        throw NoteFault("line \(number + 1): \(error)")
      }
    }
    guard !byOrigin.isEmpty || !byOperator.isEmpty else { throw NoteFault("there is no key in it") }
  }

  private mutating func add(_ key: VerifierKey) {
    let name = key.name.description
    if name.hasSuffix(Self.operatorEnd), let operatorName = OperatorName(name.dropLast(Self.operatorEnd.count)) {
      byOperator[operatorName, default: []].append(key)
    } else {
      byOrigin[key.name, default: []].append(key)
    }
  }

  /// The keys that the log may sign with, each for both kinds of signature that a log makes of a checkpoint. Empty for a log that nobody named.
  package func keys(of origin: KeyName) -> [VerifierKey] {
    let ofOperator = LogIdentity(origin: origin).flatMap { byOperator[$0.operatorName] } ?? []
    let publicKeys = ((byOrigin[origin] ?? []) + ofOperator).map(\.publicKey)
    return publicKeys.flatMap { publicKey in
      [SignatureKind.ed25519, .cosignature].compactMap { VerifierKey(name: origin, kind: $0, publicKey: publicKey) }
    }
  }
}
