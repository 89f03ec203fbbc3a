/// Decides whether a request may pass. The proxy asks on its event loop and must not be held up there.
protocol Admission: Sendable {
  /// The decision when everything needed is in memory; otherwise nil, and `deliver` is called exactly once later, from any thread.
  func decide(_ request: AdmissionRequest, deliver: @escaping @Sendable (AdmissionDecision) -> Void) -> AdmissionDecision?
}
