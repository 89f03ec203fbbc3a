internal import Kernel

/// What the proxy needs of its surroundings, as interfaces: the tests give it others than the service does.
struct ProxyPorts: Sendable {
  let admission: any Admission
  let observer: any ExchangeObserver
  let credentials: any ServiceCredentials
  let clients: ClientAddressRules
  let isDraining: @Sendable () -> Bool
  /// A problem as finished page.
  let render: @Sendable (_ problem: Problem, _ identifiers: TraceIdentifiers) -> LocalPage
}
