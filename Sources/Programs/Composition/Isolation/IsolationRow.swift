internal import Kernel

/// How one operation is asked about another brand's things.
struct IsolationRow: Sendable {
  /// Why no place of the operation can name another brand's thing.
  enum Nothing: Sendable {
    /// It takes no identifier.
    case namesNothing(String)
    /// It is about the whole platform.
    case platformWide(String)
  }

  enum Subject: Sendable {
    case nothing(Nothing)
    case asks(IsolationAsk)
  }

  let role: ServiceRole
  let operation: String
  let actor: IsolationActor
  let subject: Subject

  var ask: IsolationAsk? { if case .asks(let ask) = subject { ask } else { nil } }

  static func namesNothing(_ role: ServiceRole, _ operation: String, _ actor: IsolationActor, _ why: String) -> IsolationRow {
    IsolationRow(role: role, operation: operation, actor: actor, subject: .nothing(.namesNothing(why)))
  }

  static func platformWide(_ role: ServiceRole, _ operation: String, _ actor: IsolationActor, _ why: String) -> IsolationRow {
    IsolationRow(role: role, operation: operation, actor: actor, subject: .nothing(.platformWide(why)))
  }
}
