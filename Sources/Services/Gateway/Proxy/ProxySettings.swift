internal import Kernel
package import NIOCore

/// The bounds of the proxy: how much it keeps and how long it waits.
package struct ProxySettings: Sendable {
  package var wire = WireLimits()
  package var bodyBytesMax = Limits.bodyBytesMax

  /// From the first byte of a request to the end of its head; then 408 and the end of the connection.
  package var headTimeout = TimeAmount.seconds(10)
  /// From the head's end to the body's end, however the bytes trickle; then 408.
  package var bodyTimeout = TimeAmount.seconds(30)
  /// How long a kept-alive connection may be silent between two requests.
  package var idleTimeout = TimeAmount.seconds(60)
  /// How long brand, rate and session may take to decide; every one of them has its own, shorter deadline.
  package var admissionTimeout = TimeAmount.seconds(10)
  package var connectTimeout = TimeAmount.seconds(2)
  /// How long a request waits for a free connection to the service; then 503 `overloaded`.
  package var leaseTimeout = TimeAmount.seconds(3)
  /// From the request's end to the first byte of the answer; then 504.
  package var responseTimeout = TimeAmount.seconds(30)
  /// How long an answer that has begun may stand still, whichever side is slow.
  package var stallTimeout = TimeAmount.seconds(30)
  /// How long what a client still sends is read and dropped after the last answer.
  package var lingerTimeout = TimeAmount.seconds(2)
  /// How exact the timeouts are: deadlines are looked at this often.
  package var tick = TimeAmount.milliseconds(200)

  package var connectionsMax = 10_000
  package var connectionsPerAddressMax = 1000

  /// Per event loop and upstream.
  package var upstreamConnectionsMax = 256
  /// Requests that wait for a connection, per event loop and upstream; more are answered 503 at once.
  package var upstreamWaitersMax = 1024
  /// Shorter than the idle timeout of the services, so that a request seldom meets a connection that is just being closed.
  package var upstreamIdleTimeout = TimeAmount.seconds(20)

  package init() {}
}
