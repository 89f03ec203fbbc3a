internal import NIOCore

/// Lets a task run on the thread of an event loop.
///
/// An actor with the loop's serial executor is not enough: whatever suspends on a continuation is resumed on the task's own executor, which is
/// the shared pool unless the task prefers another, and only then returns to its actor. Each wait would change threads twice.
final class EventLoopTaskExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
