internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// How a role's connections are made: Hummingbird's server accepts them, drains them and counts them; what is spoken on one is ours.
struct RoleChannel: ServerChildChannel {
  let dispatcher: EndpointDispatcher
  let limits: HTTPLimits

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<RoleConnection> {
    channel.eventLoop.makeCompletedFuture {
      let mailbox = RequestMailbox()
      let assembler = RequestAssembler(limits: limits, mailbox: mailbox) { [dispatcher] problem in dispatcher.refuse(problem) }
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(ArrivalObserver(assembler))
      try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: decoderLimits)))
      try pipeline.addHandler(assembler)
      return RoleConnection(channel: channel, mailbox: mailbox, dispatcher: dispatcher)
    }
  }

  private var decoderLimits: NIOHTTPDecoderLimitConfiguration {
    var decoder = NIOHTTPDecoderLimitConfiguration()
    decoder.maxHeaderFieldSize = limits.headerBytesMax
    decoder.maxHeaderListSize = limits.headerBytesMax
    decoder.maxHeaderFieldCount = limits.headerFieldsMax
    return decoder
  }

  func handle(value: RoleConnection, logger: Logger) async { await value.serve() }
}
