import Foundation
import Kernel
import TestSupport
import Testing

@testable import Game

@Suite("The table that operators read is what the profiles say")
struct ProviderTableTests {
  private static let text: String = {
    let folder = MigrationFiles.directory.split(separator: "/").dropLast(2).joined(separator: "/")
    return (try? String(contentsOfFile: "/\(folder)/docs/formats/game-providers.md", encoding: .utf8)) ?? ""
  }()

  /// The cells of each row of the page's tables, by the first.
  private static let rows: [String: [String]] = {
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    let cells = lines.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return Dictionary(cells.map { ($0[0], Array($0.dropFirst())) }) { first, _ in first }
  }()

  @Test("each agreement stands in the table")
  func agreements() {
    #expect(Self.rows[""] == Providers.names.map { "`\($0)`" })
    let expected: [(String, (ProviderTerms) -> String)] = [
      ("signature", \.signature), ("requests", \.requests), ("answers", \.answers), ("amounts", \.amounts),
      ("account, characters", { "\($0.accountCharactersMax)" }), ("account, alphabet", \.accountAlphabet.rawValue),
      ("rounds", \.rounds.rawValue),
      ("rollback of an unknown bet", \.unknownRollback.rawValue), ("rollback after the win", \.rollbackAfterWin.rawValue),
      ("callbacks in a batch", { $0.batchMax.map { "\($0)" } ?? "none" }),
      ("provider's own token, seconds", { $0.providerTokenSeconds.map { "\($0)" } ?? "none" }),
    ]
    for (name, value) in expected { #expect(Self.rows[name] == Providers.terms.map(value), "\(name)") }
  }

  @Test("each path and each word stands in the tables, and no two words of a provider are the same (S0-GAME-15, S0-GAME-19)")
  func pathsAndWords() throws {
    for operation in CallbackOperation.allCases {
      let paths = Providers.profiles.map { profile in profile.routes.first { $0.operation == operation }?.path ?? "" }
      #expect(Self.rows[operation.rawValue] == paths, "\(operation)")
    }
    for word in CallbackWord.allCases {
      #expect(Self.rows[word.rawValue] == Providers.profiles.map { $0.term(for: word) }, "\(word)")
    }
    for profile in Providers.profiles {
      #expect(Set(CallbackWord.allCases.map { profile.term(for: $0) }).count == CallbackWord.allCases.count)
    }
  }

  @Test("every word is written in the provider's own form and read back as itself (S0-GAME-15)", arguments: ProviderPen.all)
  func envelopes(pen: ProviderPen) throws {
    let profile = try #require(Providers.profile(pen.provider))
    for word in CallbackWord.allCases {
      var answer = CallbackAnswer(word, .bet, echo: "req-\"1\"")
      (answer.account, answer.transaction, answer.balance, answer.currency) = ("default_<a&b>", "t1", 123_456, Currency(code: "EUR"))
      let reply = profile.write(answer)
      let reading = pen.read(reply.status, reply.body)
      #expect(reading.term == profile.term(for: word))
      #expect(reading.balance == 123_456)
      #expect((500...599).contains(reply.status) == (word == .tryAgain))
    }
  }

  @Test("amounts of wc are hundred-thousandths of every currency, exact or refused")
  func hundredThousandths() throws {
    let fields = try CallbackFields(Array(#"{"requestId":"q"}"#.utf8), echo: "requestId")
    for currency in Currency.all {
      let text = WCAmount.text(of: 1_234_500, currency)
      let amount = try #require(Int64(text))
      #expect(try WCAmount.minorUnits(of: amount, currency, fields) == 1_234_500, "\(currency)")
      if currency.exponent < 5 { #expect(throws: CallbackFault.self) { try WCAmount.minorUnits(of: amount + 1, currency, fields) } }
    }
    let usdt = try #require(Currency(code: "USDT"))
    #expect(throws: CallbackFault.self) { try WCAmount.minorUnits(of: .max, usdt, fields) }
    #expect(WCAmount.text(of: .max, try #require(Currency(code: "JPY"))) == "922337203685477580700000")
  }
}
