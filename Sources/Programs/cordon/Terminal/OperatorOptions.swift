internal import ArgumentParser
internal import Composition

/// For commands whose act is audited: who does it, and why.
struct OperatorOptions: ParsableArguments {
  @Option(name: .customLong("operator-id"), help: "Who does this, as admin_audit keeps it.")
  var operatorID: String

  @Option(help: "Why, as admin_audit keeps it.")
  var reason: String

  func act() throws -> OperatorAct {
    guard let act = OperatorAct(operatorID: operatorID, reason: reason) else {
      throw CommandFailure(.usage, "--operator-id and --reason must say something")
    }
    return act
  }
}
