internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// One connection of a role: Hummingbird's server accepts it, drains it and counts it; what is spoken on it is ours.
struct RoleChannel: ServerChildChannel {
  typealias Value = NIOAsyncChannel<IncomingRequest, Reply>

  let dispatcher: EndpointDispatcher
  let limits: HTTPLimits

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      var decoder = NIOHTTPDecoderLimitConfiguration()
      decoder.maxHeaderFieldSize = limits.headerBytesMax
      decoder.maxHeaderListSize = limits.headerBytesMax
      decoder.maxHeaderFieldCount = limits.headerFieldsMax
      let assembler = RequestAssembler(limits: limits) { [dispatcher] problem in dispatcher.refuse(problem) }
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(ArrivalObserver(assembler))
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: true,
        withEncoderConfiguration: .init(), withDecoderLimitConfiguration: decoder)
      try pipeline.addHandler(assembler)
      return try NIOAsyncChannel(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  func handle(value: Value, logger: Logger) async {
    do {
      try await value.executeThenClose { inbound, outbound in
        // One after the other: answers of one connection keep the order of its requests. A peer that goes away doesn't stop a
        // handler half-way; its command ends, and its answer is dropped.
        for try await request in inbound { try await outbound.write(await dispatcher.answer(request)) }
      }
    } catch {
      logger.debug("connection ended", metadata: ["error": "\(error)"])
    }
  }
}
