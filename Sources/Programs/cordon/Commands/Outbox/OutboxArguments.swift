internal import ArgumentParser
internal import Kernel
internal import Platform

/// Which event of which outbox a command is about.
struct OutboxArguments: ParsableArguments {
  @Option(help: "The outbox: wallet or player.")
  var table: OutboxTable

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  @Argument(help: "The event's event_id.")
  var event: String

  func eventID() throws -> UUIDv7 {
    guard let id = UUIDv7(text: event) else { throw CommandFailure(.usage, "'\(event)' is no event_id") }
    return id
  }
}

extension OutboxTable: ExpressibleByArgument {}
extension OutboxLetter.State: ExpressibleByArgument {}
