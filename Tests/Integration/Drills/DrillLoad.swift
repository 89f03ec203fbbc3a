import Composition
import Contracts
import Foundation
import Kernel
import Platform
import Security
import Synchronization
import TestSupport

/// One client per signing caller that sends signed deposits to a wallet all the time, while a drill changes what it sends and to whom.
final class DrillLoad: Sendable {
  /// What a caller sends with.
  struct Identity: Sendable {
    var signingKey: String
    var token: String
  }

  private struct State {
    var wallet = ""
    var identities: [CallerLabel: Identity]
    /// Rises with each change, so that a drill can wait until every client acts on it.
    var generation = 0
    var seen: [CallerLabel: Int] = [:]
    var accepted = 0
    var refused: [String] = []
  }

  static let callers = CallerLabel.signers.sorted { $0.rawValue < $1.rawValue }
  private static let target = "/internal/wallet/deposit"

  private let stack: RunningStack
  private let player: StackPlayer
  private let state: Mutex<State>

  init(_ stack: RunningStack, player: StackPlayer, identities: [CallerLabel: Identity]) {
    self.stack = stack
    self.player = player
    state = Mutex(State(identities: identities))
  }

  var accepted: Int { state.withLock { $0.accepted } }
  /// Every answer that was no acceptance; a drill expects none.
  var refused: [String] { state.withLock { $0.refused } }

  /// Where the clients begin; before they run.
  func aim(at wallet: String) { state.withLock { $0.wallet = wallet } }

  /// Sends until it is cancelled.
  func run(as caller: CallerLabel) async {
    while !Task.isCancelled {
      let (wallet, identity, generation) = state.withLock { ($0.wallet, $0.identities[caller], $0.generation) }
      guard let identity else { return }
      let answer = await summary(as: caller, identity, at: wallet)
      if Task.isCancelled { return }
      state.withLock {
        $0.seen[caller] = generation
        if answer == "201" { $0.accepted += 1 } else { $0.refused.append("\(caller.rawValue): \(answer)") }
      }
      try? await Task.sleep(for: .milliseconds(10))
    }
  }

  private func summary(as caller: CallerLabel, _ identity: Identity, at wallet: String) async -> String {
    do { return try await deposit(as: caller, identity, at: wallet).summary } catch { return "\(error)" }
  }

  /// Changes where to or with what the clients send; returns once each was answered after the change, so that nothing is under way as before.
  func change(wallet: String? = nil, _ callers: [CallerLabel] = [], _ edit: (inout Identity) -> Void = { _ in }) async throws {
    let generation = state.withLock { state in
      if let wallet { state.wallet = wallet }
      for caller in callers {
        guard var identity = state.identities[caller] else { continue }
        edit(&identity)
        state.identities[caller] = identity
      }
      state.generation += 1
      return state.generation
    }
    try await eventually("every client acts on the change") {
      self.state.withLock { state in Self.callers.allSatisfy { state.seen[$0] ?? 0 >= generation } }
    }
  }

  /// Lets every client be answered at least once more.
  func goesOn() async throws { try await change() }

  /// One deposit, as the clients send it or without a signature.
  func deposit(as caller: CallerLabel, _ identity: Identity, at wallet: String, isSigned: Bool = true) async throws -> StackReply {
    let body = WalletDepositBody(player: player.id, amount: 100, currency: player.brand.currency)
    var headers = stack.headers(of: caller, player.brand)
    headers[HeaderNames.internalServiceToken] = identity.token
    if isSigned, let brand = BrandID(player.brand.id), let signer = BrandSigner(keys: BrandSignatureKeys(active: identity.signingKey)) {
      let request = BrandSignedRequest(
        caller: caller, brand: brand, method: "POST", target: Self.target, body: try JSONBytes.encode(body))
      headers[HeaderNames.brandSignature] = signer.sign(request, now: WallClock.system.now())
    }
    return try await stack.client.send("POST", Self.target, at: wallet, key: UUID().uuidString, body: body, headers: headers)
  }
}
