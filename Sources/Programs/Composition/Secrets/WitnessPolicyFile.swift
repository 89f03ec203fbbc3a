package import Evidence
package import Platform

/// The file of `WITNESS_POLICY_FILE`: which witnesses there are, where, and how many of them must agree.
package enum WitnessPolicyFile {
  /// Nil where none is configured.
  package static func load(_ configuration: EffectiveConfiguration) throws(StartRefused) -> TrustPolicy? {
    guard let path = configuration.text(Settings.witnessPolicyFile) else { return nil }
    do {
      guard let text = try DurableFile.read(path, bytesMax: TrustPolicy.bytesMax) else { throw NoteFault("there is no such file") }
      return try TrustPolicy(text: text)
    } catch {
      throw StartRefused("WITNESS_POLICY_FILE: \(path): \(error)")
    }
  }
}
