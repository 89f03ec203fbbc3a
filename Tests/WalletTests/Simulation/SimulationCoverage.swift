@testable import Wallet

/// How often each interesting thing happened.
struct SimulationCoverage: Sendable {
  private(set) var counts: [String: Int] = [:]

  mutating func note(_ event: SimulationEvent) { counts[event.rawValue, default: 0] += 1 }

  mutating func note(_ command: WalletCommandName, _ verdict: ModelVerdict) {
    switch verdict.answer {
    case .accepted: counts[Self.accepted(command), default: 0] += 1
    case .refused(let refusal): counts[Self.refused(refusal), default: 0] += 1
    }
  }

  mutating func add(_ other: SimulationCoverage) { counts.merge(other.counts, uniquingKeysWith: +) }

  private static func accepted(_ command: WalletCommandName) -> String { "\(command.rawValue) was accepted" }
  private static func refused(_ refusal: ModelRefusal) -> String { "refused with \(refusal.rawValue)" }

  /// What didn't happen.
  var missing: [String] {
    let expected =
      SimulationEvent.allCases.map(\.rawValue) + WalletCommandName.allCases.map(Self.accepted) + ModelRefusal.allCases.map(Self.refused)
    return expected.filter { counts[$0, default: 0] == 0 }
  }

  var report: String {
    counts.sorted { ($0.value, $1.key) < ($1.value, $0.key) }.map { "  \($0.value) × \($0.key)" }.joined(separator: "\n")
  }
}
