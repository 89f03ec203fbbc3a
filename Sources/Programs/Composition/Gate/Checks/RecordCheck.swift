internal import Platform

/// A person has signed that a condition holds, and what they showed is unchanged.
struct RecordCheck: GateCheck {
  let name: String
  let meaning: String
  let form: EvidenceForm
  /// Whether it is about the program, so that another build needs another one.
  private let isOfThisBuild: Bool

  init(_ name: String, _ meaning: String, ofThisBuild: Bool = false, readAs form: EvidenceForm = .anything) {
    self.name = name
    self.meaning = meaning
    self.form = form
    self.isOfThisBuild = ofThisBuild
  }

  func look(at scene: GateScene) async throws -> GateFinding {
    do {
      let (record, evidence) = try await scene.records.read(name)
      if isOfThisBuild, record.commit != scene.build.commit {
        return .unmet("the record \(name) is about build \(record.commit), and this is \(scene.build.commit)")
      }
      if let fault = form.fault(in: evidence) { return .unmet("the evidence of \(name) speaks against it: \(fault)") }
      return .met("\(name): \(meaning), by \(record.operatorID) at \(record.at), sha256 \(record.evidenceSHA256)")
    } catch let refused as OperationRefused {
      return .unmet(refused.description)
    }
  }
}
