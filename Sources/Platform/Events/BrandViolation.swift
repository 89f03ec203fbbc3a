package import Kernel

/// An attempt of somebody of one brand to reach another (S3-WS-06, S3-TBL).
package struct BrandViolation: Hashable, Sendable {
  /// `security_audit_logs.event_type`: public interface.
  package enum Kind: String, CaseIterable, Sendable {
    /// A player's token at another brand's host.
    case tokenBrandMismatch = "TOKEN_BRAND_MISMATCH"
    /// A wallet command about another brand's row.
    case walletCrossBrand = "WALLET_CROSS_BRAND"
    /// An idempotency key that another brand has used.
    case idempotencyBrandSplit = "IDEMPOTENCY_BRAND_SPLIT"
    /// A launch for, or a callback with, what is another brand's.
    case gameCrossBrand = "GAME_CROSS_BRAND"
    /// An operator in a brand that isn't theirs.
    case operatorBrandForbidden = "OPERATOR_BRAND_FORBIDDEN"
  }

  package enum Severity: String, CaseIterable, Sendable {
    case info = "INFO"
    case low = "LOW"
    case medium = "MEDIUM"
    case high = "HIGH"
    case critical = "CRITICAL"
  }

  package let kind: Kind
  package let severity: Severity
  /// Player or operator; the service that asked, where nobody else is known.
  package let user: String?
  /// The brand that was proven.
  package let authenticated: BrandID?
  package let attempted: BrandID?
  package let session: String?
  package let address: String?
  package let agent: String?
  package let requestID: String
  package let at: Timestamp

  package init(
    _ kind: Kind, severity: Severity = .critical, user: String?, authenticated: BrandID?, attempted: BrandID?, session: String? = nil,
    address: String? = nil, agent: String? = nil, requestID: String, at moment: Timestamp
  ) {
    self.kind = kind
    self.severity = severity
    self.user = user
    self.authenticated = authenticated
    self.attempted = attempted
    self.session = session
    self.address = address
    self.agent = agent
    self.requestID = requestID
    at = moment
  }
}
