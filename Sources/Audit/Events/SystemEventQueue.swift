internal import Kernel
internal import Platform

/// Events that wait to be written. Each brand has room of its own, and so have its failures beside its denials: a storm of one displaces nothing
/// of another. Pure.
struct SystemEventQueue {
  /// Ten seconds of a storm, or some minutes of a bad day without a database.
  static let laneEventsMax = 500
  /// More brands than one deployment has. Brands beyond them share the platform's room.
  static let lanesMax = 2048
  /// Of one lane in one batch, so that a storm is written at fifty rows a second and not faster than the disk is bought.
  static let batchLaneEventsMax = 50

  private struct Lane: Hashable {
    let brand: BrandID?
    let kind: SystemEventKind
  }

  private struct Waiting {
    var events: [SystemEvent] = []
    /// What had no room since the last batch, and the first of it.
    var dropped: (first: SystemEvent, count: Int64)?
  }

  private var lanes: [Lane: Waiting] = [:]
  private(set) var count = 0

  /// - Returns: false where there was no room: the next batch says how many.
  mutating func offer(_ event: SystemEvent) -> Bool {
    var lane = Lane(brand: event.brand, kind: event.kind)
    if lanes[lane] == nil, lanes.count >= Self.lanesMax { lane = Lane(brand: nil, kind: event.kind) }
    var waiting = lanes[lane] ?? Waiting()
    defer { lanes[lane] = waiting }
    guard waiting.events.count < Self.laneEventsMax else {
      waiting.dropped = (waiting.dropped?.first ?? event, (waiting.dropped?.count ?? 0) + 1)
      return false
    }
    waiting.events.append(event)
    count += 1
    return true
  }

  /// Takes the next events of each brand, those of one brand together.
  mutating func take() -> [[SystemEvent]] {
    var batches: [BrandID?: [SystemEvent]] = [:]
    for (lane, waiting) in lanes {
      let taken = waiting.events.prefix(Self.batchLaneEventsMax)
      count -= taken.count
      // The gap is told of behind what stood before it.
      let isEmptied = taken.count == waiting.events.count
      let gap = isEmptied ? waiting.dropped.map { Self.overflow($0.first, $0.count) } : nil
      for event in taken + (gap.map { [$0] } ?? []) { batches[event.brand, default: []].append(event) }
      lanes[lane] = isEmptied ? nil : Waiting(events: Array(waiting.events.dropFirst(taken.count)), dropped: waiting.dropped)
    }
    return batches.values.filter { !$0.isEmpty }.map { $0.sorted { $0.occurredAt < $1.occurredAt } }
  }

  /// Puts back what could not be written, before what came meanwhile.
  mutating func putBack(_ events: [SystemEvent]) {
    for event in events.reversed() {
      lanes[Lane(brand: event.brand, kind: event.kind), default: Waiting()].events.insert(event, at: 0)
    }
    count += events.count
  }

  private static func overflow(_ first: SystemEvent, _ count: Int64) -> SystemEvent {
    SystemEvent(
      .overflow, reason: "queue_full", requestID: first.requestID, service: first.service, brand: first.brand, occurrences: count,
      detail: ["kind": .string(first.kind.rawValue)], at: first.occurredAt)
  }
}
