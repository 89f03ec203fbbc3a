import HTTPTypes
import Kernel
import Logging
import Platform
import Synchronization
import Testing

@testable import Game

/// The whole pipeline, bytes in and bytes out, on memory that can be set back.
struct MemoryGame: Sendable {
  let pen: ProviderPen
  let wallet: MemoryWallet
  let book = MemoryBook()
  let metrics = MetricsRegistry()
  let pipeline: CallbackPipeline
  private let context = CallContext(requestID: "request", trace: .new(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

  struct Mark: Sendable {
    let wallet: MemoryWallet.State
    let book: MemoryBook.State
  }

  init(_ pen: ProviderPen, cash: Int64 = 1000, verifies: Bool = true) throws {
    self.pen = pen
    wallet = try MemoryWallet(cash: cash)
    let brand = Brand(
      id: try #require(BrandID(1)), code: try #require(BrandCode("default")), status: .enabled,
      currency: try #require(Currency(code: "EUR")))
    let player = ResolvedAccount(brand: brand, player: try #require(PlayerID(1)), account: "alice")
    let metrics = GameMetrics(metrics)
    pipeline = CallbackPipeline(
      accounts: MemoryAccounts(player: player), book: book, wallet: wallet,
      signatures: CallbackSignatures(
        keys: try ProviderKeys(active: ProviderPen.keys, previous: nil), verifies: verifies, metrics: metrics),
      unresolved: UnresolvedCallbacks(enforcement: .enforce, allowList: try CallbackAllowList(json: nil), metrics: metrics) { _ in true },
      metrics: metrics, enforcement: .enforce)
    book.state.withLock { _ = $0.tokens.insert("1.token") }
  }

  func send(_ note: ProviderNote, trust: CallbackTrust = .signature) async -> CallbackReply {
    let body = pen.body(note)
    return await pipeline.handle(
      provider: pen.provider, operation: pen.path(of: note.operation), headers: trust == .signature ? pen.headers(for: body) : [:],
      body: body, trust: trust, context: context
    ).reply
  }

  var mark: Mark { Mark(wallet: wallet.state.withLock { $0 }, book: book.state.withLock { $0 }) }

  func setBack(to mark: Mark) {
    wallet.state.withLock { $0 = mark.wallet }
    book.state.withLock { $0 = mark.book }
  }
}
