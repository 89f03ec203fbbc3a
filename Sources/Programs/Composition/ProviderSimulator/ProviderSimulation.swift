internal import NIOCore
internal import AsyncHTTPClient
internal import Crypto
internal import Kernel
package import Platform

/// `cordon simulate provider`: plays a game provider against a running stack, and keeps a ledger of its own beside it.
package struct ProviderSimulation: Sendable {
  private static let playersOfBrand = 2

  private let configuration: EffectiveConfiguration
  private let options: SimulatorOptions

  package init(configuration: EffectiveConfiguration, options: SimulatorOptions) {
    self.configuration = configuration
    self.options = options
  }

  /// - Throws: `SimulatorFault`.
  package func run() async throws -> SimulatorReport {
    let key = try SimulatorKey(of: options.provider, in: configuration.text(Settings.gameSimulatorKeys))
    let tokens = [Settings.token(of: .admin), Settings.sharedInternalToken]
    guard let token = tokens.lazy.compactMap({ configuration.text($0) }).first else { throw SimulatorFault.tokenMissing(.admin) }
    var calls = HTTPClient.Configuration()
    // A role that isn't there is told at once, instead of being tried until the call's time is over.
    calls.connectionPool.retryConnectionEstablishment = false
    calls.timeout.connect = .seconds(2)
    let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: calls)
    let stack = SimulatorStack(
      client: StackClient(http: http), gateway: address(.gateway), wallet: address(.walletService), game: address(.gameService),
      token: token)
    let result = await Self.result { try await play(stack, key, SimulatorLine(http: http)) }
    try await http.shutdown()
    return try result.get()
  }

  private func address(_ role: ServiceRole) -> String {
    configuration.text(Settings.url(of: role)) ?? "http://127.0.0.1:\(role.defaultPort)"
  }

  /// Kept until everything is closed, whichever it is.
  private static func result(_ body: () async throws -> SimulatorReport) async -> Result<SimulatorReport, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  private func play(_ stack: SimulatorStack, _ key: SimulatorKey, _ line: SimulatorLine) async throws -> SimulatorReport {
    try await stack.refuseProduction()
    let brands = try await brands(stack)
    let run = String(WallClock.system.now().microseconds / 1000, radix: 36)
    let end = options.seconds.map { ContinuousClock.now + .seconds($0) }
    let (pace, lanes) = (SimulatorPace(rate: options.rate), brands.count * Self.playersOfBrand)
    let outcomes = try await withThrowingTaskGroup(of: [SimulatorOutcome].self) { group in
      for lane in 0..<lanes {
        let first = options.numbers.lowerBound
        let numbers = stride(from: first + (lane + lanes - first % lanes) % lanes, to: options.numbers.upperBound, by: lanes)
        // No player for whom there is nothing to do.
        guard numbers.contains(where: { _ in true }) else { continue }
        group.addTask {
          var (player, played) = (try await player(lane, brands, run, stack), [SimulatorOutcome]())
          for number in numbers {
            if let end, ContinuousClock.now >= end { break }
            var session = SimulatorSession(
              options.provider, number: number, run: run, game: options.game, stack: stack, line: line, pace: pace, key: key, player: player
            )
            played.append(try await session.play(SimulatorPlan(options.provider, seed: options.seed, session: number)))
            player = session.player
          }
          return played
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    return report(outcomes.sorted { $0.session < $1.session }, try await books(brands, stack))
  }

  private func brands(_ stack: SimulatorStack) async throws -> [DemoBrand] {
    var brands: [DemoBrand] = []
    for host in options.hosts { brands.append(try await stack.brand(at: host)) }
    guard let only = options.brand else { return brands }
    brands = brands.filter { $0.id == only.rawValue }
    guard !brands.isEmpty else { throw SimulatorFault.brandMissing("\(only)") }
    return brands
  }

  /// The same names on every brand. Every second one is too long for some providers, who then know the player under another.
  private func player(_ lane: Int, _ brands: [DemoBrand], _ run: String, _ stack: SimulatorStack) async throws -> SimulatorPlayer {
    let number = lane / brands.count
    let name = "kit_\(run)_\(number)"
    let isLong = !number.isMultiple(of: 2)
    let account = isLong ? name + String(repeating: "x", count: max(0, Limits.accountCharactersMax - name.count)) : name
    return try await stack.register(account, on: brands[lane % brands.count])
  }

  private func books(_ brands: [DemoBrand], _ stack: SimulatorStack) async throws -> [SimulatorDivergence] {
    var found: [SimulatorDivergence] = []
    for brand in brands {
      guard let imbalance = try await stack.imbalance(of: brand) else { continue }
      found.append(
        SimulatorDivergence(session: nil, brand: brand.code, expected: "sum 0, 0 differences", actual: imbalance, sequence: []))
    }
    return found
  }

  private func report(_ outcomes: [SimulatorOutcome], _ books: [SimulatorDivergence]) -> SimulatorReport {
    var hash = SHA256()
    for outcome in outcomes {
      let plan = SimulatorPlan(options.provider, seed: options.seed, session: outcome.session)
      hash.update(data: Array("session \(outcome.session)\n\(plan.text)\n".utf8))
    }
    return SimulatorReport(
      provider: options.provider, seed: options.seed, plan: Hexadecimal.encode(hash.finalize()), outcomes: outcomes, books: books)
  }
}
