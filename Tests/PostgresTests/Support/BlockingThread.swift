import Glibc

/// A thread of its own for work that blocks: on the shared pool it would keep Swift's tasks from running.
enum BlockingThread {
  static func run(_ body: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(Body(run: body))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    precondition(failure == 0)
    pthread_detach(thread)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
