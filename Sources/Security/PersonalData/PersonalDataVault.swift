package import Kernel
package import Platform

/// One service's way to personal data: the cipher, if its keys are configured, and the count of attempts without it.
package struct PersonalDataVault: Sendable {
  private enum Operation: String, CaseIterable {
    case encrypt
    case decrypt
  }

  private let cipher: PersonalDataCipher?
  private let unconfigured: Counter
  private let service: String

  /// - Parameter cipher: nil without keys. Then nothing is stored and nothing is read (S0-PLY-07); a production-grade boot refuses
  ///   before it comes to that.
  package init(cipher: PersonalDataCipher?, metrics: PlatformMetrics) {
    self.cipher = cipher
    self.service = metrics.service
    self.unconfigured = metrics.registry.counter(
      "pii_aes_unconfigured_total", "Operations on personal data that were refused because no AES key is configured.",
      labels: ["service", "op"])
    for operation in Operation.allCases { _ = unconfigured.series([service, operation.rawValue]) }
  }

  package func seal(
    _ plaintext: String, field: PersonalDataField, brand: BrandID, player: PlayerID
  ) throws(PersonalDataFault) -> (ciphertext: [UInt8], keyID: String) {
    let cipher = try configured(for: .encrypt)
    return (try cipher.seal(plaintext, field: field, brand: brand, player: player), cipher.currentKeyID)
  }

  package func open(
    _ stored: [UInt8], field: PersonalDataField, brand: BrandID, player: PlayerID
  ) throws(PersonalDataFault) -> String {
    try configured(for: .decrypt).open(stored, field: field, brand: brand, player: player)
  }

  private func configured(for operation: Operation) throws(PersonalDataFault) -> PersonalDataCipher {
    guard let cipher else {
      unconfigured.increment([service, operation.rawValue])
      throw .unconfigured
    }
    return cipher
  }
}
