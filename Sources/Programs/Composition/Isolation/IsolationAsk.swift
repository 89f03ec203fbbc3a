internal import Kernel

/// The request of a row: what stands in each of its places, and what else is known of its answers.
struct IsolationAsk: Sendable {
  let path: [String: IsolationValue]
  let query: [String: IsolationValue]
  let headers: [String: IsolationValue]
  let body: IsolationNode?
  /// What a foreign thing may be answered with although an absent one is answered otherwise, besides the alarm for callers inside.
  let alarms: [ProblemReason]
  /// Answers the same whether the thing is there or not, and says nothing of it: there is no other answer to compare with.
  let isSilent: Bool
  /// Every operator of a brand is refused with this, whatever is named.
  let barred: ProblemReason?

  init(
    path: [String: IsolationValue] = [:], query: [String: IsolationValue] = [:], headers: [String: IsolationValue] = [:],
    body: IsolationNode? = nil, alarms: [ProblemReason] = [], silent: Bool = false, barred: ProblemReason? = nil
  ) {
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.alarms = alarms
    isSilent = silent
    self.barred = barred
  }

  /// Every place with what stands there, in a fixed order.
  var places: [(place: IsolationPlace, value: IsolationValue)] {
    let parts: [(IsolationPlace.Part, [String: IsolationValue])] = [(.path, path), (.query, query), (.header, headers)]
    return parts.flatMap { part, values in
      values.sorted { $0.key < $1.key }.map { (IsolationPlace(part, $0.key), $0.value) }
    } + (body?.places() ?? [])
  }

  /// The places that are probed, each with the thing that it names.
  var probes: [(place: IsolationPlace, thing: IsolationThing, isIgnored: Bool)] {
    places.compactMap { place, value in
      switch value {
      case .thing(let thing), .filter(let thing): (place, thing, false)
      case .ignored(let thing): (place, thing, true)
      case .own, .plain, .shared: nil
      }
    }
  }
}
