/// One numbered check of the harness, before it runs.
struct HarnessCheck: Sendable {
  enum Work: Sendable {
    case run(@Sendable (inout Comparison) async throws -> Void)
    /// Not part of this release, and why.
    case skip(String)
  }

  let name: String
  /// The rows of the conformance list that it proves.
  let rows: [String]
  let work: Work

  init(_ name: String, _ rows: [String], _ work: @escaping @Sendable (inout Comparison) async throws -> Void) {
    self.name = name
    self.rows = rows
    self.work = .run(work)
  }

  private init(skipped name: String, _ rows: [String], why: String) {
    self.name = name
    self.rows = rows
    self.work = .skip(why)
  }

  static func skipped(_ name: String, _ rows: [String], why: String) -> HarnessCheck {
    HarnessCheck(skipped: name, rows, why: why)
  }
}
