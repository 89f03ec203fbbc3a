/// One request of a plan: a callback, or several of them in a batch.
struct SimulatorStep: Hashable, Sendable, CustomStringConvertible {
  let notes: [SimulatorNote]
  let fate: SimulatorFate

  var isBatch: Bool { notes.count > 1 }

  var description: String {
    let what = notes.map(\.description).joined(separator: "; ")
    return (isBatch ? "batch (\(what))" : what) + (fate == .answered ? "" : " [\(fate.rawValue)]")
  }
}
