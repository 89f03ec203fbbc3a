internal import Contracts
internal import Foundation
package import Kernel
package import Platform

/// What is wrong with a topology or policy document, place by place. Pure. ``WalletTopologyDocument/topology()`` and
/// ``WalletPolicy/fault`` have the last word about what the wallet can work by; these say where the fault is, and find all of them.
package enum WalletDocumentRules {
  /// A document that somebody wants to write: its members must be known.
  package static func refusal(ofNew document: JSONValue, _ kind: WalletDocumentKind) -> Problem? {
    let shape = SchemaRules.faults(of: document, against: kind.schema)
    guard shape.isEmpty else {
      return Problem(shape.allSatisfy(\.isUnknownField) ? .unknownField : .invalidField, faults: shape.map(fault))
    }
    let meaning = meaning(of: document, kind)
    return meaning.isEmpty ? nil : Problem(.invalidField, faults: Array(meaning.prefix(SchemaRules.faultsMax)))
  }

  /// A document that was written earlier, perhaps by a program that knew more members: those it is not blamed for.
  static func faults(ofStored document: JSONValue, _ kind: WalletDocumentKind) -> [Problem.Fault] {
    let shape = SchemaRules.faults(of: document, against: kind.schema).filter { !$0.isUnknownField }
    return shape.isEmpty ? meaning(of: document, kind) : shape.map(fault)
  }

  /// Where a policy names buckets that the topology lacks.
  static func contradictions(topology: JSONValue, policy: JSONValue) -> [Problem.Fault] {
    let buckets = bucketNames(topology)
    return (policy["transfers"]?.elements ?? []).enumerated().flatMap { index, transfer in
      ["from", "to"].compactMap { end -> Problem.Fault? in
        guard let name = transfer[end]?.text, !buckets.contains(name) else { return nil }
        return .init(pointer: "/transfers/\(index)/\(end)", detail: "the policy names '\(name)', which is not a bucket of the topology")
      }
    }
  }

  // MARK: Meaning

  private static func meaning(of document: JSONValue, _ kind: WalletDocumentKind) -> [Problem.Fault] {
    let faults =
      switch kind {
      case .topology: buckets(document) + betOrder(document) + namedBuckets(document)
      case .policy: limits(document) + transfers(document) + providers(document)
      }
    return faults.isEmpty ? lastWord(document, kind) : faults
  }

  private static func buckets(_ document: JSONValue) -> [Problem.Fault] {
    var seen: Set<String> = []
    return (document["buckets"]?.elements ?? []).enumerated().compactMap { index, rule in
      let (pointer, name) = ("/buckets/\(index)/name", rule["name"]?.text ?? "")
      guard Bucket(name) != nil else {
        return .init(pointer: pointer, detail: "must be 1 to 32 lower-case letters, digits and underscores, a letter first")
      }
      return seen.insert(name).inserted ? nil : .init(pointer: pointer, detail: "'\(name)' is listed twice")
    }
  }

  private static func betOrder(_ document: JSONValue) -> [Problem.Fault] {
    let (known, order) = (bucketNames(document), (document["bet_order"]?.elements ?? []).map { $0.text ?? "" })
    if order.isEmpty { return [.init(pointer: "/bet_order", detail: "names no bucket")] }
    var seen: Set<String> = []
    return order.enumerated().compactMap { index, name in
      let pointer = "/bet_order/\(index)"
      guard known.contains(name) else { return unknownBucket(name, at: pointer) }
      return seen.insert(name).inserted ? nil : .init(pointer: pointer, detail: "'\(name)' is named twice")
    }
  }

  private static func namedBuckets(_ document: JSONValue) -> [Problem.Fault] {
    let known = bucketNames(document)
    return ["deposit_bucket", "win_bucket", "bonus_bucket", "conversion_bucket", "reward_bucket"].compactMap { member in
      guard let name = document[member]?.text, !known.contains(name) else { return nil }
      return unknownBucket(name, at: "/\(member)")
    }
  }

  private static func limits(_ document: JSONValue) -> [Problem.Fault] {
    (document["limits"]?.members ?? []).flatMap { member -> [Problem.Fault] in
      let pointer = JSONPointer.appending(shown(member.name), to: "/limits")
      guard WalletCommandName(rawValue: member.name) != nil else { return [.init(pointer: pointer, detail: "is not a command")] }
      guard let min = member.value["min"]?.integer, let max = member.value["max"]?.integer, min > max else { return [] }
      return [.init(pointer: pointer + "/max", detail: "is below min")]
    }
  }

  private static func transfers(_ document: JSONValue) -> [Problem.Fault] {
    var seen: Set<[String]> = []
    return (document["transfers"]?.elements ?? []).enumerated().flatMap { index, transfer -> [Problem.Fault] in
      let pair = [transfer["from"]?.text ?? "", transfer["to"]?.text ?? ""]
      let names = zip(["from", "to"], pair).compactMap { end, name -> Problem.Fault? in
        Bucket(name) == nil ? .init(pointer: "/transfers/\(index)/\(end)", detail: "is not a bucket name") : nil
      }
      guard names.isEmpty else { return names }
      if pair[0] == pair[1] { return [.init(pointer: "/transfers/\(index)/to", detail: "is the bucket that it comes from")] }
      return seen.insert(pair).inserted ? [] : [.init(pointer: "/transfers/\(index)", detail: "is listed twice")]
    }
  }

  private static func providers(_ document: JSONValue) -> [Problem.Fault] {
    (document["providers"]?.members ?? []).compactMap { member in
      guard !(1...32).contains(member.name.unicodeScalars.count) || !TextPattern.lowercaseWord.matches(member.name) else { return nil }
      return .init(pointer: JSONPointer.appending(shown(member.name), to: "/providers"), detail: "is not a provider's name")
    }
  }

  private static func lastWord(_ document: JSONValue, _ kind: WalletDocumentKind) -> [Problem.Fault] {
    let data = Data(JSONWriter.text(of: document).utf8)
    do {
      switch kind {
      case .topology: _ = try JSONDecoder().decode(WalletTopologyDocument.self, from: data).topology()
      case .policy: if let fault = try JSONDecoder().decode(WalletPolicy.self, from: data).fault { throw fault }
      }
      return []
    } catch let fault as WalletDocumentFault {
      return [.init(pointer: "", detail: fault.description)]
    } catch {
      return [.init(pointer: "", detail: "the wallet can't read this document")]
    }
  }

  // MARK: Parts

  private static func bucketNames(_ topology: JSONValue) -> Set<String> {
    Set((topology["buckets"]?.elements ?? []).compactMap { $0["name"]?.text })
  }

  private static func unknownBucket(_ name: String, at pointer: String) -> Problem.Fault {
    .init(pointer: pointer, detail: "names '\(name)', which is not one of the buckets")
  }

  private static func fault(_ fault: SchemaFault) -> Problem.Fault { .init(pointer: fault.pointer, detail: fault.detail) }

  /// Names in a document are as long as its writer likes; an answer is not.
  private static func shown(_ name: String) -> String { String(name.unicodeScalars.prefix(64).map(Character.init)) }
}
