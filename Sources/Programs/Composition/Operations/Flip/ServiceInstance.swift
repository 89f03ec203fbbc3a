package import Kernel

/// One running process of a service, and where it answers. A service that runs several times has as many.
package struct ServiceInstance: Hashable, Sendable {
  package let role: ServiceRole
  package let url: String

  package init(role: ServiceRole, url: String) {
    self.role = role
    self.url = url
  }

  /// `wallet_service=http://10.0.0.7:8082`; nil for anything else.
  package init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let role = ServiceRole(rawValue: String(parts[0])),
      parts[1].hasPrefix("http://") || parts[1].hasPrefix("https://")
    else { return nil }
    self.init(role: role, url: String(parts[1].hasSuffix("/") ? parts[1].dropLast() : parts[1]))
  }
}
