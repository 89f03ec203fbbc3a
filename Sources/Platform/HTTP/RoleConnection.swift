internal import HummingbirdCore
internal import NIOCore

/// One connection of a role. Its task runs on the thread of the connection's event loop: a request is read, answered and written without
/// changing threads unless a driver must be asked.
struct RoleConnection: ServerChildChannelValue {
  let channel: any Channel
  private let mailbox: RequestMailbox
  private let dispatcher: EndpointDispatcher

  init(channel: any Channel, mailbox: RequestMailbox, dispatcher: EndpointDispatcher) {
    self.channel = channel
    self.mailbox = mailbox
    self.dispatcher = dispatcher
  }

  /// Answers requests until the peer sends no more or the task is cancelled, then closes.
  ///
  /// One after the other: answers of one connection keep the order of its requests. A peer that goes away doesn't stop a handler half-way;
  /// its command ends, and its answer is dropped.
  func serve() async {
    await withTaskExecutorPreference(EventLoopTaskExecutor(channel.eventLoop)) {
      await withTaskCancellationHandler {
        await answerAll()
      } onCancel: {
        mailbox.finish()
      }
    }
    // What is written already still goes out.
    try? await channel.close(mode: .output).get()
    channel.close(promise: nil)
    try? await channel.closeFuture.get()
  }

  private func answerAll() async {
    while let request = await mailbox.next() {
      let reply = await dispatcher.answer(request)
      // A peer that doesn't read its answers must not make us keep many of them.
      if channel.isWritable {
        channel.writeAndFlush(reply, promise: nil)
      } else {
        try? await channel.writeAndFlush(reply).get()
      }
    }
  }
}
