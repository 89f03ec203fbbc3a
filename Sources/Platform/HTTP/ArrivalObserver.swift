internal import NIOCore

/// Stands before the parser and tells the assembler that a request has begun to arrive.
final class ArrivalObserver: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let assembler: RequestAssembler

  init(_ assembler: RequestAssembler) { self.assembler = assembler }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    assembler.bytesArrived()
    context.fireChannelRead(data)
  }
}
