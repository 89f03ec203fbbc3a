package import Kernel
package import Logging

/// swift-log's events as lines of JSON.
package struct JSONLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?

  private let service: String
  private let redaction: LogRedaction
  private let clock: WallClock
  private let sink: LogSink

  package init(service: String, level: Logger.Level, redaction: LogRedaction, clock: WallClock = .system, sink: LogSink = .standardError) {
    self.service = service
    self.logLevel = level
    self.redaction = redaction
    self.clock = clock
    self.sink = sink
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var fields = metadata
    if let provided = metadataProvider?.get() { fields.merge(provided) { own, _ in own } }
    if let own = event.metadata { fields.merge(own) { _, event in event } }
    if let error = event.error { fields["error"] = "\(error)" }
    sink.write(
      LogLine.text(
        at: clock.now(), level: event.level, service: service, message: "\(event.message)", metadata: fields, redaction: redaction))
  }
}
