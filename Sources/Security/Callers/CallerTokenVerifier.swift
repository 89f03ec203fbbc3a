internal import Crypto
package import Kernel

/// Decides who an internal caller is. The token decides; `X-Caller-Service` may only agree with it (C-16).
///
/// Every configured secret is compared on every call, each in constant time, so that the answer's time tells neither how
/// much of a guess was right nor whose secret it resembles (S0-TOK-15).
package struct CallerTokenVerifier: Sendable {
  /// 128 bits in base64 are 22 characters; anything below 16 can be guessed.
  package static let tokenBytesMin = 16

  private struct Secret: Sendable {
    let setting: String
    let digest: SHA256Digest
    /// Nil for the shared token.
    let owner: CallerLabel?
    let source: CallerTokenSource
  }

  private let secrets: [Secret]
  private let perCallerRequired: Bool
  /// The callers whose per-caller token is configured here.
  package let configuredCallers: Set<CallerLabel>

  package init(_ tokens: CallerTokens) throws(CallerTokenFault) {
    var secrets: [Secret] = []
    for caller in CallerLabel.allCases {
      let setting = "INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)"
      let active = tokens.active[caller]
      if let active { try Self.add(active, setting, caller, .active, to: &secrets) }
      // During the first step of a rotation both hold the outgoing value (S0-TOK-07).
      guard let previous = tokens.previous[caller], previous != active else { continue }
      guard active != nil else { throw .previousWithoutActive(caller) }
      try Self.add(previous, setting + "_PREV", caller, .previous, to: &secrets)
    }
    if let legacy = tokens.legacy { try Self.add(legacy, "INTERNAL_SERVICE_TOKEN", nil, .legacy, to: &secrets) }
    self.secrets = secrets
    self.perCallerRequired = tokens.perCallerRequired
    self.configuredCallers = Set(tokens.active.keys)
  }

  private static func add(
    _ token: String, _ setting: String, _ owner: CallerLabel?, _ source: CallerTokenSource, to secrets: inout [Secret]
  ) throws(CallerTokenFault) {
    guard token.utf8.count >= tokenBytesMin else { throw .tooShort(setting: setting) }
    let digest = SHA256.hash(data: Array(token.utf8))
    if let twin = secrets.first(where: { $0.digest == digest }) { throw .shared(setting: setting, other: twin.setting) }
    secrets.append(Secret(setting: setting, digest: digest, owner: owner, source: source))
  }

  /// What the seed calls `has_valid_per_caller_token_with_source`.
  /// - Parameters:
  ///   - token: the value of `X-Internal-Service-Token`.
  ///   - claimed: the value of `X-Caller-Service`.
  package func verify(token: String?, claimed: String?) throws(CallerTokenRefusal) -> VerifiedCaller {
    guard let token, !token.isEmpty else { throw .tokenMissing }
    guard let secret = match(token) else { throw .tokenUnknown }
    let claimedLabel = claimed.flatMap(CallerLabel.init(rawValue:))
    guard let owner = secret.owner else { return try legacyCaller(claimedLabel) }
    guard claimed == nil || claimedLabel == owner else { throw .callerMismatch(owner: owner) }
    return VerifiedCaller(label: owner, source: secret.source)
  }

  private func legacyCaller(_ claimed: CallerLabel?) throws(CallerTokenRefusal) -> VerifiedCaller {
    guard let claimed else { throw .callerMissing }
    guard !perCallerRequired else { throw .legacyRejected(caller: claimed) }
    return VerifiedCaller(label: claimed, source: .legacy)
  }

  private func match(_ token: String) -> Secret? {
    // Digests have one length, and comparing two of them takes constant time in swift-crypto.
    let digest = SHA256.hash(data: Array(token.utf8))
    var found: Secret?
    for secret in secrets where secret.digest == digest { found = secret }
    return found
  }
}
