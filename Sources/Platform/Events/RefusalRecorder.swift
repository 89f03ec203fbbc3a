/// Where refusals are told, besides the log and the counters.
package protocol RefusalRecorder: Sendable {
  /// Returns at once, whatever becomes of it: it is called on the threads that answer requests.
  func record(_ refused: RefusedRequest)
}
