import Foundation

/// How long and with which choices a torture runs; `scripts/torture` sets them by environment.
struct TortureSettings: Sendable {
  let seed: UInt64
  let seconds: Int
  /// Whether the long form was asked for.
  let isLong: Bool

  /// The long form ends after its time and not before it has killed so often.
  var killsMin: Int { isLong ? 50 : 2 }
  var redisHarmsMin: Int { isLong ? 5 : 1 }

  static let clients = 64
  /// `make test` has no more time than this.
  private static let smokeSeconds = 8

  /// - Parameter smokeSeconds: how long the short form takes.
  init(smokeSeconds: Int = Self.smokeSeconds, environment: [String: String] = ProcessInfo.processInfo.environment) {
    seed = environment["CORDON_TORTURE_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...UInt64(UInt32.max))
    let asked = environment["CORDON_TORTURE_SECONDS"].flatMap { Int($0) }
    seconds = asked ?? smokeSeconds
    isLong = asked != nil
  }

  /// What a person types to have the same choices again.
  func replay(_ filter: String) -> String {
    "CORDON_TORTURE_SEED=\(seed) CORDON_TORTURE_SECONDS=\(seconds) scripts/torture \(filter)"
  }
}
