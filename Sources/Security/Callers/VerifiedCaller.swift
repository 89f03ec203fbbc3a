package import Kernel

/// An internal caller whose token was verified. Only ``CallerTokenVerifier`` makes one.
package struct VerifiedCaller: Hashable, Sendable {
  package let label: CallerLabel
  package let source: CallerTokenSource

  init(label: CallerLabel, source: CallerTokenSource) {
    self.label = label
    self.source = source
  }
}
