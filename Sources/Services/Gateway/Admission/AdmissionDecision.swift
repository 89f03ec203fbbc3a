internal import Kernel

/// What admission says of a request.
enum AdmissionDecision: Hashable, Sendable {
  case forward(Admittance)
  case refuse(Refusal)
  case page(LocalPage)

  /// A refusal and what was known when it was made, for counters and the log.
  struct Refusal: Hashable, Sendable {
    let problem: Problem
    let brand: Brand?
    let route: GatewayRoute?
    let finding: AdmissionFinding?
    /// Header fields that go with the answer, lower-case names.
    let fields: [Field]

    init(
      _ problem: Problem, brand: Brand? = nil, route: GatewayRoute? = nil, finding: AdmissionFinding? = nil, fields: [Field] = []
    ) {
      self.problem = problem
      self.brand = brand
      self.route = route
      self.finding = finding
      self.fields = fields
    }

    /// The same, with the brand that became known.
    func of(_ brand: Brand) -> Refusal { Refusal(problem, brand: brand, route: route, finding: finding, fields: fields) }
  }

  struct Field: Hashable, Sendable {
    let name: String
    let value: String
  }
}
