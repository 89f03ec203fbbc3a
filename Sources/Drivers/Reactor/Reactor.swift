internal import Glibc
internal import Synchronization

/// One thread that waits on file descriptors for the C drivers, and an executor for the actors that own them.
///
/// libpq and hiredis hand us a socket and leave the waiting to us. Their calls never block here, but they aren't safe from two
/// threads; so each connection is an actor whose executor is this reactor: all of its code runs on the one reactor thread, and a
/// wait (``wait(for:on:until:)``) suspends that code until the socket is ready or the deadline has passed. The cooperative pool is
/// never blocked, and no lock guards a `PGconn`.
package final class Reactor: SerialExecutor, TaskExecutor, Sendable {
  /// What a waiter waits for.
  package enum Interest: Sendable {
    case readable
    case writable
    /// Whichever comes first: a driver that has more to send must also read, or both sides wait for the other to read.
    case either

    var pollEvents: Int16 {
      switch self {
      case .readable: Int16(POLLIN)
      case .writable: Int16(POLLOUT)
      case .either: Int16(POLLIN | POLLOUT)
      }
    }
  }

  package enum Readiness: Sendable {
    case ready
    /// The deadline passed first.
    case timedOut
    /// The task was cancelled first.
    case cancelled
  }

  /// The reactor that the drivers of this process share. It lives as long as the process.
  package static let shared = Reactor()

  private let poller: Poller

  package init() {
    poller = Poller()
    poller.start(executor: self)
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    poller.enqueue(UnownedJob(job))
  }

  /// Suspends until `descriptor` is ready for `interest`, the deadline passes, or the task is cancelled.
  ///
  /// At most one waiter may wait on one descriptor at a time for reading, and one for writing.
  package func wait(for interest: Interest, on descriptor: Int32, until deadline: ContinuousClock.Instant?) async -> Readiness {
    let ticket = poller.newTicket()
    defer { if Task.isCancelled { poller.forget(ticket) } }
    // Without the preference, a waiter that is an actor of this thread would be resumed elsewhere first, to be sent here from there.
    return await withTaskExecutorPreference(self) {
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          poller.add(Waiter(ticket: ticket, descriptor: descriptor, interest: interest, deadline: deadline, continuation: continuation))
        }
      } onCancel: {
        poller.cancel(ticket)
      }
    }
  }
}
