@testable import Wallet

/// Commands that have nothing to do with one another may run at once; those that do keep their order. So the model can play lane after lane,
/// whatever the database did first.
struct SimulatedLanes {
  /// Places in the list of commands, ascending in each lane.
  private(set) var lanes: [[Int]] = []

  init(_ commands: [ModelCommand]) {
    var marks: [Set<String>] = []
    for (place, command) in commands.enumerated() {
      var lane = [place]
      var mine = Self.marks(of: command)
      for index in lanes.indices.reversed() where !marks[index].isDisjoint(with: mine) {
        lane += lanes.remove(at: index)
        mine.formUnion(marks.remove(at: index))
      }
      lanes.append(lane.sorted())
      marks.append(mine)
    }
  }

  private static func marks(of command: ModelCommand) -> Set<String> {
    var marks: Set = ["player \(command.player)", "key \(command.key)"]
    switch command.action.target {
    case .bet(let provider, let reference): marks.insert("bet \(provider) \(reference)")
    case .transaction(let id): marks.insert("transaction \(id)")
    case nil: break
    }
    return marks
  }
}
