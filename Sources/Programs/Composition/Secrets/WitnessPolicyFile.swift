package import Evidence
package import Platform

/// The file of `WITNESS_POLICY_FILE`: which witnesses there are, where, and how many of them must agree.
package enum WitnessPolicyFile {
  /// Nil where none is configured.
  package static func load(_ configuration: EffectiveConfiguration) throws(StartRefused) -> TrustPolicy? {
    try read(configuration)?.policy
  }

  /// The file as it is, if it is a policy; nil where none is configured.
  package static func text(_ configuration: EffectiveConfiguration) throws(StartRefused) -> [UInt8]? { try read(configuration)?.text }

  private static func read(_ configuration: EffectiveConfiguration) throws(StartRefused) -> (policy: TrustPolicy, text: [UInt8])? {
    guard let path = configuration.text(Settings.witnessPolicyFile) else { return nil }
    do {
      guard let text = try DurableFile.read(path, bytesMax: TrustPolicy.bytesMax) else { throw NoteFault("there is no such file") }
      return (try TrustPolicy(text: text), text)
    } catch {
      throw StartRefused("WITNESS_POLICY_FILE: \(path): \(error)")
    }
  }
}
