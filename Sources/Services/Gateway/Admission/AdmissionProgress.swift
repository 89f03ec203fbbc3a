/// What has been found out about a request so far; nil is not asked yet.
struct AdmissionProgress: Hashable, Sendable {
  var rate: RateVerdict?
  var resolution: BrandResolution?
  var token: TokenVerdict?
  var session: SessionVerdict?
}
