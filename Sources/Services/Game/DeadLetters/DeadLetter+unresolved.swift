internal import Kernel
internal import Platform

extension DeadLetter {
  /// The letter of a callback that the pipeline puts by.
  init(_ callback: UnresolvedCallback, at moment: Timestamp) {
    let arrival = callback.arrival
    self.init(
      provider: arrival.profile.name, operation: arrival.route.path, method: "POST",
      path: "/callbacks/\(arrival.profile.name)/\(arrival.route.path)", outboundAccount: callback.account, reason: callback.reason,
      requestID: arrival.context.requestID, headers: arrival.headers, body: arrival.body, receivedAt: moment)
  }
}
