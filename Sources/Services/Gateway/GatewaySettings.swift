internal import Kernel
internal import NIOCore
internal import Platform

/// The configuration of the role, read into the shapes that its parts take.
struct GatewaySettings: Sendable {
  let host: String
  let port: Int
  let proxy: ProxySettings
  let upstreams: [UpstreamEndpoint]
  let trustedProxies: [AddressRange]
  let rateLimits: [GatewayRoute.RateClass: Int]
  let logsEverything: Bool
  let shutdownTime: Duration

  /// - Throws: a sentence that names the setting which can't be used.
  init(_ configuration: EffectiveConfiguration, routes: PublicRoutes) throws(GatewayMisconfigured) {
    host = configuration.text(Settings.bindAddress) ?? "127.0.0.1"
    port = configuration.integer(Settings.port(of: .gateway)) ?? ServiceRole.gateway.defaultPort
    proxy = Self.proxy(configuration)
    upstreams = try Self.upstreams(configuration, routes)
    trustedProxies = try Self.trustedProxies(configuration)
    rateLimits = [
      .general: configuration.integer(Settings.rateLimit) ?? 600,
      .credentials: configuration.integer(Settings.credentialsRateLimit) ?? 60,
    ]
    logsEverything = configuration.flag(Settings.accessLog)
    shutdownTime = configuration.seconds(Settings.shutdownSeconds)
  }

  private static func proxy(_ configuration: EffectiveConfiguration) -> ProxySettings {
    var proxy = ProxySettings()
    proxy.headTimeout = amount(configuration.seconds(Settings.headerSeconds))
    proxy.bodyTimeout = amount(configuration.seconds(Settings.bodySeconds))
    proxy.idleTimeout = amount(configuration.seconds(Settings.idleSeconds))
    proxy.connectionsMax = configuration.integer(Settings.connectionsMax) ?? proxy.connectionsMax
    proxy.connectionsPerAddressMax = configuration.integer(Settings.connectionsPerAddressMax) ?? proxy.connectionsPerAddressMax
    return proxy
  }

  private static func amount(_ duration: Duration) -> TimeAmount { .seconds(max(1, duration.components.seconds)) }

  private static func upstreams(
    _ configuration: EffectiveConfiguration, _ routes: PublicRoutes
  ) throws(GatewayMisconfigured) -> [UpstreamEndpoint] {
    var endpoints: [UpstreamEndpoint] = []
    for role in Set(routes.routes.map(\.upstream)) {
      let setting = Settings.url(of: role)
      guard let url = configuration.text(setting), let endpoint = UpstreamEndpoint(role: role, url: url) else {
        throw GatewayMisconfigured(setting: setting.name, why: "is not http://host:port")
      }
      endpoints.append(endpoint)
    }
    return endpoints
  }

  private static func trustedProxies(_ configuration: EffectiveConfiguration) throws(GatewayMisconfigured) -> [AddressRange] {
    var ranges: [AddressRange] = []
    for entry in (configuration.text(Settings.trustedProxies) ?? "").split(whereSeparator: { $0 == "," || $0 == " " }) {
      guard let range = AddressRange(entry) else {
        throw GatewayMisconfigured(setting: Settings.trustedProxies.name, why: "holds something else than addresses and CIDR blocks")
      }
      ranges.append(range)
    }
    return ranges
  }
}
