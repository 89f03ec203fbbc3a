internal import Platform

/// Runs the program's own commands as one brand, for the other's things.
struct IsolationCommandProbe: Sendable {
  /// What a command answered before the owner's own was asked for.
  struct Pending: Sendable {
    let command: IsolationCommand
    let value: JSONValue
    let foreign: IsolationAnswer
    let absent: IsolationAnswer
  }

  let program: IsolationProgram
  let asker: DemoBrand
  let owner: IsolationCanaries
  let isAhead: Bool

  func ask() async throws -> [Pending] {
    var asked: [Pending] = []
    for command in IsolationCommand.all where isAhead || !command.thing.isCounted {
      guard let value = owner[command.thing] else { continue }
      asked.append(
        Pending(
          command: command, value: value, foreign: try await answer(command, asker, value),
          absent: try await answer(command, asker, IsolationAbsence.like(value, turn: asked.count))))
    }
    return asked
  }

  func control(_ pending: Pending) async throws -> (IsolationOutcome, IsolationFinding?) {
    let place = IsolationPlace(.argument, pending.command.thing.name)
    func outcome(_ verdict: IsolationOutcome.Verdict, _ detail: String) -> IsolationOutcome {
      IsolationOutcome(
        role: "cordon", operation: pending.command.name, place: place, actor: .operatorOfBrand, asker: asker.code, owner: owner.brand.code,
        verdict: verdict, detail: detail)
    }
    let fault: (IsolationFinding.Kind, String)?
    if pending.foreign != pending.absent {
      fault = (.command, "another brand's is answered otherwise than one that never was")
    } else if try await answer(pending.command, owner.brand, pending.value) == pending.absent {
      fault = (.unproven, "the owner's own is answered as if it were not there, so the probe proves nothing")
    } else {
      fault = nil
    }
    guard let (kind, detail) = fault else { return (outcome(.same, "exit status \(pending.foreign.status)"), nil) }
    return (
      outcome(.failed, "\(kind.rawValue): \(detail)"),
      IsolationFinding(kind, "cordon", "\(pending.command.name), \(place), brand \(asker.code) asking for \(owner.brand.code)'s", detail)
    )
  }

  private func answer(_ command: IsolationCommand, _ brand: DemoBrand, _ value: JSONValue) async throws -> IsolationAnswer {
    let word = IsolationCast.word(value)
    let run = try await program(command.arguments(brand: brand, asking: word))
    return IsolationAnswer(exit: run.status, output: run.output, asked: word, brand: brand)
  }
}
