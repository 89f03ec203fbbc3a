internal import Kernel
internal import NIOCore

/// Walks a request through ``AdmissionRules``: on the event loop as long as memory has the answers, in a task when Redis or PostgreSQL must
/// be asked.
final class GatewayAdmission: Admission {
  /// A request with what is known of it so far.
  private struct Case: Sendable {
    let request: AdmissionRequest
    let match: PublicRoutes.Match
    let isLocalPage: Bool
    var progress = AdmissionProgress()
  }

  private struct Job: Sendable {
    let state: Case
    let deliver: @Sendable (AdmissionDecision) -> Void
  }

  private let routes: PublicRoutes
  private let policy: AdmissionPolicy
  private let brands: BrandDirectory
  private let sessions: SessionDirectory
  private let limiter: RateLimiter
  private let tokens: TokenReader
  private let pages: LocalPages
  private let metrics: GatewayMetrics
  private let jobs: AsyncStream<Job>
  private let queue: AsyncStream<Job>.Continuation

  init(
    routes: PublicRoutes, policy: AdmissionPolicy, brands: BrandDirectory, sessions: SessionDirectory, limiter: RateLimiter,
    tokens: TokenReader, pages: LocalPages, metrics: GatewayMetrics
  ) {
    self.routes = routes
    self.policy = policy
    self.brands = brands
    self.sessions = sessions
    self.limiter = limiter
    self.tokens = tokens
    self.pages = pages
    self.metrics = metrics
    (jobs, queue) = AsyncStream.makeStream()
  }

  func decide(_ request: AdmissionRequest, deliver: @escaping @Sendable (AdmissionDecision) -> Void) -> AdmissionDecision? {
    var state = Case(request: request, match: routes.match(request.verb, request.path), isLocalPage: pages.contains(request.path))
    if let decision = decideFromMemory(&state) { return decision }
    // At most one per connection, so that the bound on connections is the bound on this queue.
    queue.yield(Job(state: state, deliver: deliver))
    return nil
  }

  /// Decides what can't be decided from memory, until cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await job in jobs {
        group.addTask { job.deliver(await self.decideAsking(job.state)) }
      }
    }
  }

  /// Nil when the next step needs an answer from elsewhere.
  private func decideFromMemory(_ state: inout Case) -> AdmissionDecision? {
    while true {
      switch step(state) {
      case .refuse(let refusal): return refused(refusal, state)
      case .forward(let admittance): return .forward(admittance)
      case .page: return nil
      case .verifyToken: state.progress.token = tokens.read(state.request.authorization)
      case .countRate(let rateClass):
        guard let verdict = limiter.take(rateClass, state.request.client, now: .now()) else { return nil }
        state.progress.rate = verdict
      case .resolveBrand:
        let started = NIODeadline.now()
        guard let resolution = brands.known(state.request.host, now: started) else { return nil }
        metrics.resolved(since: started)
        state.progress.resolution = resolution
      case .findSession(let brand, let session):
        guard let verdict = sessions.known(brand: brand, session: session, now: .now()) else { return nil }
        state.progress.session = verdict
      }
    }
  }

  private func decideAsking(_ initial: Case) async -> AdmissionDecision {
    var state = initial
    while true {
      if let decision = decideFromMemory(&state) { return decision }
      switch step(state) {
      case .refuse(let refusal): return refused(refusal, state)
      case .forward(let admittance): return .forward(admittance)
      case .page: return .page(await pages.page(for: state.request))
      case .verifyToken: state.progress.token = tokens.read(state.request.authorization)
      case .countRate(let rateClass): state.progress.rate = await limiter.ask(rateClass, state.request.client)
      case .resolveBrand:
        let started = NIODeadline.now()
        state.progress.resolution = await brands.resolve(state.request.host)
        metrics.resolved(since: started)
      case .findSession(let brand, let session): state.progress.session = await sessions.find(brand: brand, session: session)
      }
    }
  }

  private func step(_ state: Case) -> AdmissionStep {
    AdmissionRules.next(state.request, match: state.match, isLocalPage: state.isLocalPage, policy: policy, progress: state.progress)
  }

  private func refused(_ refusal: AdmissionDecision.Refusal, _ state: Case) -> AdmissionDecision {
    if let finding = refusal.finding { metrics.found(finding) }
    // The limit comes before the brand, and a flood asks nobody. Where memory knows whose host it is, the brand's operators see it (S4-INC-11).
    if refusal.problem.reason == .rateLimited, case .brand(let brand)? = brands.known(state.request.host, now: .now()) {
      return .refuse(refusal.of(brand))
    }
    return .refuse(refusal)
  }
}
