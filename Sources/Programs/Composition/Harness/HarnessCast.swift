internal import Contracts
internal import Kernel
internal import Platform

/// Who plays: the same account on both brands, and the operator.
///
/// The account is the runbooks' own, so that their SQL finds it, and stays between runs; what a check expects is therefore a difference.
final class HarnessCast: Sendable {
  static let accountName = "alice_e2e"
  private static let password = "correct horse battery staple"

  let first: DemoBrand
  let second: DemoBrand
  private let stack: HarnessStack
  private let players = Kept<[DemoPlayer]>()
  private let token = Kept<String>()

  init(stack: HarnessStack, first: DemoBrand, second: DemoBrand) {
    self.stack = stack
    self.first = first
    self.second = second
  }

  var brands: [DemoBrand] { [first, second] }

  func other(than brand: DemoBrand) -> DemoBrand { brand.id == first.id ? second : first }

  /// The players, logged in at the first call.
  func both() async throws -> (first: DemoPlayer, second: DemoPlayer) {
    if players.value == nil { players.value = [try await join(first), try await join(second)] }
    guard let joined = players.value, joined.count == 2 else { throw Unexpected(what: "players", answer: "none") }
    return (joined[0], joined[1])
  }

  func player(of brand: DemoBrand) async throws -> DemoPlayer {
    let players = try await both()
    return brand.id == first.id ? players.first : players.second
  }

  /// The operator's token.
  func operatorToken() async throws -> String {
    if let known = token.value { return known }
    let reply = try await stack.client.send(
      "POST", "/v1/admin/sessions", at: stack.url(.adminService),
      body: ["admin_id": stack.account.id, "password": stack.account.password])
    guard let text = JSONMember.text("access_token", of: reply.body) else {
      throw Unexpected(what: "the operator's sign-in", answer: reply.summary)
    }
    token.value = text
    return text
  }

  private func join(_ brand: DemoBrand) async throws -> DemoPlayer {
    let registered = try await stack.visit(
      brand.host, "POST", "/v1/players",
      body: RegistrationBody(account: Self.accountName, password: Self.password, email: nil, phone: nil))
    // Taken: an earlier run registered it.
    guard registered.status == 201 || registered.reason == "account_taken" else {
      throw Unexpected(what: "registering on \(brand.host)", answer: registered.summary)
    }
    let session = try await stack.visit(
      brand.host, "POST", "/v1/sessions", body: CredentialsBody(account: Self.accountName, password: Self.password))
    guard let pair = try? session.decode(TokenPairBody.self) else {
      throw Unexpected(what: "logging in on \(brand.host)", answer: session.summary)
    }
    return DemoPlayer(brand: brand, id: pair.playerID, token: pair.accessToken)
  }

  /// Without this answer the checks that need it can't go on.
  private struct Unexpected: Error, CustomStringConvertible {
    let what: String
    let answer: String

    var description: String { "\(what) was answered \(answer)" }
  }
}
