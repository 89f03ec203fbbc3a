/// A command of the program that takes `--brand`, and the other brand's thing that it is asked for.
struct IsolationCommand: Sendable {
  enum Word: Sendable, ExpressibleByStringLiteral {
    case text(String)
    /// The number of the brand that asks.
    case brand
    /// What is asked for.
    case thing

    init(stringLiteral value: String) { self = .text(value) }
  }

  let words: [Word]
  let thing: IsolationThing

  private init(_ thing: IsolationThing, _ words: [Word]) {
    self.thing = thing
    self.words = words
  }

  /// `wallet topology show`.
  var name: String {
    words.prefix { if case .text(let text) = $0 { !text.hasPrefix("-") } else { false } }
      .compactMap { if case .text(let text) = $0 { text } else { nil } }
      .joined(separator: " ")
  }

  private static let act: [Word] = ["--operator-id", "ops:isolation", "--reason", "isolation audit"]

  /// Those that end something last.
  static let all =
    [
      IsolationCommand(.event, ["outbox", "show", .thing, "--table", "wallet", "--brand", .brand]),
      IsolationCommand(.event, ["outbox", "republish", .thing, "--table", "wallet", "--brand", .brand, "--yes"] + act),
    ]
    + documents("policy", .policyVersion) + documents("topology", .topologyVersion) + [
      IsolationCommand(.auditRow, ["brand", "config", "revert", .thing, "--brand", .brand] + act),
      IsolationCommand(.player, ["sessions", "invalidate", "--player", .thing, "--brand", .brand, "--yes"] + act),
    ]

  private static func documents(_ kind: String, _ version: IsolationThing) -> [IsolationCommand] {
    func command(_ verb: String, _ rest: [Word]) -> IsolationCommand {
      IsolationCommand(version, ["wallet", .text(kind), .text(verb), .thing, "--brand", .brand] + rest)
    }
    return [
      command("show", []), command("diff", []), command("check", []),
      // No version is that high, so that none is activated.
      command("activate", ["--expect", "1000000000", "--yes"] + act), command("discard", ["--yes"] + act),
    ]
  }

  func arguments(brand: DemoBrand, asking value: String) -> [String] {
    words.map { word in
      switch word {
      case .text(let text): text
      case .brand: String(brand.id)
      case .thing: value
      }
    }
  }
}
