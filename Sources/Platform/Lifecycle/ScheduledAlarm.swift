internal import NIOCore
internal import Synchronization

/// The one alarm of a stop, which is taken back when the stop ends by itself.
final class ScheduledAlarm: Sendable {
  private let task = Mutex<Scheduled<Void>?>(nil)

  func set(_ scheduled: Scheduled<Void>) { task.withLock { $0 = scheduled } }

  func cancel() { task.withLock { $0 }?.cancel() }
}
