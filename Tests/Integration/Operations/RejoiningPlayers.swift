import Composition
import Foundation
import Synchronization

/// Players who ask for their account all the time, and log in again when they are told to.
final class RejoiningPlayers: Sendable {
  private struct State {
    var tokens: [String: String] = [:]
    /// Tokens that were refused once; none of them may ever be taken again.
    var refused: Set<String> = []
    var statuses: [Int] = []
    var logIns = 0
    var takenAgain = 0
  }

  let accounts: [String]
  private let bench: KeyRotationBench
  private let state = Mutex(State())

  init(_ accounts: [String], _ bench: KeyRotationBench) {
    self.accounts = accounts
    self.bench = bench
  }

  /// Every status that anybody was answered with; 0 where there was no answer.
  var statuses: [Int] { state.withLock { $0.statuses } }
  var logIns: Int { state.withLock { $0.logIns } }
  /// How often a token was taken that had been refused before.
  var takenAgain: Int { state.withLock { $0.takenAgain } }

  func token(of account: String) -> String { state.withLock { $0.tokens[account] ?? "" } }

  /// Everybody registers and logs in, before they run.
  func join() async throws {
    for account in accounts {
      let token = try await bench.join(account)
      state.withLock { $0.tokens[account] = token }
    }
  }

  /// Asks with the player's token until it is cancelled, now and then with one that has been refused.
  func run(_ account: String) async {
    while !Task.isCancelled {
      let (token, stale) = state.withLock { ($0.tokens[account] ?? "", $0.refused.randomElement()) }
      let status = await status(token)
      let staleStatus = if let stale { await self.status(stale) } else { 401 }
      if Task.isCancelled { return }
      state.withLock {
        $0.statuses += [status, staleStatus]
        if staleStatus == 200 { $0.takenAgain += 1 }
        if status == 401 { $0.refused.insert(token) }
      }
      if status == 401 { await logIn(account) }
      try? await Task.sleep(for: .milliseconds(5))
    }
  }

  private func status(_ token: String) async -> Int {
    let host = bench.stack.brands[0].host
    return (try? await bench.stack.client.send("GET", "/v1/players/me", at: bench.address, host: host, token: token).status) ?? 0
  }

  private func logIn(_ account: String) async {
    let reply = try? await bench.logIn(account)
    if Task.isCancelled { return }
    state.withLock {
      $0.statuses.append(reply?.status ?? 0)
      guard let token = reply?.token else { return }
      $0.tokens[account] = token
      $0.logIns += 1
    }
  }
}
