internal import Kernel

/// What a process knows of frozen tables and when it has to ask again. A value without clock or I/O; its holder guards it.
///
/// A table is asked for once a second at most, and nothing that was asked longer ago is acted on while Redis answers: so a freeze bites within a
/// second (S0-FRZ-07). While Redis doesn't answer, what it last said stays; a frozen one no longer than a freeze can last.
struct FreezeBook {
  enum Step: Equatable {
    case decided(FreezeDecision)
    /// The caller must ask for these and report with ``answer(_:at:)`` or ``fail(_:)``.
    case ask([String])
    /// Somebody asks already.
    case wait
  }

  private struct Entry {
    /// Nil until Redis has answered once.
    var isFrozen: Bool?
    var answeredAt: ContinuousClock.Instant?
    var askedAt: ContinuousClock.Instant
    var isUnderWay = true
    var hasFailed = false
  }

  static let period: Duration = .seconds(1)
  static let frozenMax: Duration = .seconds(Limits.tableFreezeSecondsMax)

  private var entries: [String: Entry] = [:]

  /// What to do for somebody who wants to write to `tables`. What is to be asked for counts as under way from here on.
  mutating func next(_ tables: [String], at now: ContinuousClock.Instant) -> Step {
    var due = tables.filter { entries[$0].map { isDue($0, now) } ?? true }
    guard due.isEmpty else {
      // Every other table travels in the same question, due or not: two that began apart would otherwise ask twice a second forever.
      due += entries.keys.filter { table in !due.contains(table) && entries[table]?.isUnderWay == false }.sorted()
      for table in due { begin(table, now) }
      return .ask(due)
    }
    return isUnderWay(tables) ? .wait : .decided(decision(tables, now))
  }

  func isUnderWay(_ tables: [String]) -> Bool { tables.contains { entries[$0]?.isUnderWay ?? false } }

  mutating func answer(_ frozen: [String: Bool], at now: ContinuousClock.Instant) {
    for (table, isFrozen) in frozen {
      entries[table]?.isFrozen = isFrozen
      entries[table]?.answeredAt = now
      entries[table]?.hasFailed = false
      entries[table]?.isUnderWay = false
    }
  }

  mutating func fail(_ tables: [String]) {
    for table in tables {
      entries[table]?.hasFailed = true
      entries[table]?.isUnderWay = false
    }
  }

  /// All tables that were asked for, as they are known now.
  func overview(at now: ContinuousClock.Instant) -> FreezeDecision { decision(entries.keys.sorted(), now) }

  private func isDue(_ entry: Entry, _ now: ContinuousClock.Instant) -> Bool {
    !entry.isUnderWay && entry.askedAt.duration(to: now) >= Self.period
  }

  private mutating func begin(_ table: String, _ now: ContinuousClock.Instant) {
    guard entries[table] != nil else {
      entries[table] = Entry(askedAt: now)
      return
    }
    entries[table]?.askedAt = now
    entries[table]?.isUnderWay = true
  }

  private func decision(_ tables: [String], _ now: ContinuousClock.Instant) -> FreezeDecision {
    var decision = FreezeDecision()
    for table in tables {
      guard let entry = entries[table] else { continue }
      if entry.hasFailed { decision.unknown.append(table) }
      if isFrozen(entry, now) { decision.frozen.append(table) }
    }
    return decision
  }

  private func isFrozen(_ entry: Entry, _ now: ContinuousClock.Instant) -> Bool {
    guard entry.isFrozen == true, let answeredAt = entry.answeredAt else { return false }
    return !entry.hasFailed || answeredAt.duration(to: now) < Self.frozenMax
  }
}
