/// `recon=observe@2026-11-26T12:00:00Z`: what one caller does wrong is counted and not refused until then (C-11).
package struct EnforcementOverride: Hashable, Sendable, CustomStringConvertible {
  /// Nobody weakens a control for longer at a time.
  package static let secondsMax: Int64 = 24 * 60 * 60

  package let caller: CallerLabel
  package let until: Timestamp

  package init(caller: CallerLabel, until: Timestamp) {
    self.caller = caller
    self.until = until
  }

  /// Nil for anything else than the form above: there is no other mode to weaken a caller to, and no override without an end.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let caller = CallerLabel(rawValue: String(parts[0])), parts[1].hasPrefix(Self.mode),
      let until = Timestamp(text: parts[1].dropFirst(Self.mode.count)), until.microseconds % 1_000_000 == 0
    else { return nil }
    self.init(caller: caller, until: until)
  }

  private static let mode = "\(EnforcementMode.observe.rawValue)@"

  /// Several with commas between them, each caller once; nil when one of them isn't one.
  package static func list(_ text: String) -> [EnforcementOverride]? {
    let overrides = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      EnforcementOverride(part.drop { $0 == " " })
    }
    let sound = overrides.compactMap(\.self)
    return sound.count == overrides.count && Set(sound.map(\.caller)).count == sound.count ? sound : nil
  }

  package var description: String { "\(caller.rawValue)=\(Self.mode)\(until.description.prefix(19))Z" }
}
