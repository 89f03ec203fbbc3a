internal import Kernel

/// Which logs are believed, and which witnesses must have cosigned a checkpoint (C2SP tlog-policy).
package struct TrustPolicy: Hashable, Sendable {
  /// Compared byte by byte: Swift's strings would call the Kelvin sign a K.
  private typealias Name = [UInt8]

  private enum Member: Hashable, Sendable {
    case witness(VerifierKey)
    case group(threshold: Int, members: [Name])
  }

  package static let bytesMax = 256 * 1024

  /// Keys of kind Ed25519 whose names are origins. Empty where the logs are known from elsewhere.
  package private(set) var logs: [VerifierKey] = []
  /// The witnesses whose address stands in the policy, in its order.
  package private(set) var addresses: [WitnessAddress] = []
  private var members: [Name: Member] = [:]
  private var grouped: Set<Name> = []
  private var quorum: Name?

  package var witnesses: [VerifierKey] {
    members.values.compactMap { if case .witness(let key) = $0 { key } else { nil } }
  }

  /// No witness is asked.
  package var isWithoutQuorum: Bool { quorum == Self.none }

  package init(text: [UInt8]) throws(NoteFault) {
    guard text.count <= Self.bytesMax, text.isEmpty || text.last == 0x0A else {
      throw NoteFault("a policy is lines, each with its line feed")
    }
    guard text.allSatisfy({ $0 == 0x09 || $0 == 0x0A || (0x20...0x7E).contains($0) || $0 >= 0x80 }) else {
      throw NoteFault("a policy has no control characters")
    }
    for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let words = line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }).map { Array($0) }
      guard let keyword = words.first, keyword.first != UInt8(ascii: "#") else { continue }
      do throws(NoteFault) {
        try add(Self.text(keyword), Array(words.dropFirst()))
      } catch {
        throw NoteFault("line \(number + 1): \(error)")
      }
    }
    guard quorum != nil else { throw NoteFault("a policy has a quorum line") }
  }

  private static let none = Array("none".utf8)

  private static func text(_ name: Name) -> String { String(decoding: name, as: UTF8.self) }

  private mutating func add(_ keyword: String, _ words: [Name]) throws(NoteFault) {
    switch (keyword, words.count) {
    case ("log", 1...2): try addLog(Self.text(words[0]))
    case ("witness", 2...3): try addWitness(words[0], Self.text(words[1]), at: words.dropFirst(2).first.map(Self.text))
    case ("group", 3...): try addGroup(words[0], Self.text(words[1]), Array(words[2...]))
    case ("quorum", 1): try setQuorum(words[0])
    default: throw NoteFault("\(keyword) isn't a line of a policy, or has another number of words")
    }
  }

  private mutating func addLog(_ text: String) throws(NoteFault) {
    let key = try VerifierKey(text: text)
    guard key.kind == .ed25519 else { throw NoteFault("\(key.name) isn't a log's key") }
    guard !logs.contains(where: { $0.publicKey == key.publicKey && $0.name == key.name }) else {
      throw NoteFault("\(key.name) is there twice")
    }
    logs.append(key)
  }

  private mutating func addWitness(_ name: Name, _ text: String, at url: String?) throws(NoteFault) {
    let key = try VerifierKey(text: text)
    guard key.kind == .cosignature else { throw NoteFault("\(key.name) isn't a witness's key") }
    guard !witnesses.contains(where: { $0.publicKey == key.publicKey }) else {
      throw NoteFault("the key of \(Self.text(name)) is there twice")
    }
    try define(name, .witness(key))
    guard let url else { return }
    let trimmed = url.hasSuffix("/") ? String(url.dropLast()) : url
    addresses.append(WitnessAddress(name: Self.text(name), key: key, url: trimmed))
  }

  private mutating func addGroup(_ name: Name, _ threshold: String, _ names: [Name]) throws(NoteFault) {
    for member in names {
      guard members[member] != nil else { throw NoteFault("\(Self.text(member)) isn't defined above") }
      guard grouped.insert(member).inserted else { throw NoteFault("\(Self.text(member)) is in a group already") }
    }
    try define(name, .group(threshold: try Self.threshold(threshold, of: names.count), members: names))
  }

  private static func threshold(_ text: String, of count: Int) throws(NoteFault) -> Int {
    switch text {
    case "any": return 1
    case "all": return count
    default:
      guard let number = Decimal64.parse(text), (1...Int64(count)).contains(number) else {
        throw NoteFault("\(text) of \(count) is no group")
      }
      return Int(number)
    }
  }

  private mutating func define(_ name: Name, _ member: Member) throws(NoteFault) {
    guard name != Self.none, members.updateValue(member, forKey: name) == nil else {
      throw NoteFault("the name \(Self.text(name)) is taken")
    }
  }

  private mutating func setQuorum(_ name: Name) throws(NoteFault) {
    guard quorum == nil else { throw NoteFault("a policy has one quorum line") }
    guard name == Self.none || members[name] != nil else { throw NoteFault("\(Self.text(name)) isn't defined above") }
    quorum = name
  }

  /// Whether enough witnesses cosigned the note.
  ///
  /// - Throws: when a cosignature that names a known witness is false.
  package func isSatisfied(by note: SignedNote) throws(NoteFault) -> Bool {
    let signers = Set(try note.verified(by: witnesses))
    return quorum.map { $0 == Self.none || agrees($0, signers) } ?? false
  }

  private func agrees(_ name: Name, _ signers: Set<VerifierKey>) -> Bool {
    switch members[name] {
    case .witness(let key): signers.contains(key)
    case .group(let threshold, let names): names.count { agrees($0, signers) } >= threshold
    case nil: false
    }
  }
}
