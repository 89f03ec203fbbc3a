internal import CLibPQ
internal import Synchronization

/// Collects the notices of one connection: libpq hands them to a C callback in the midst of its own calls.
final class NoticeInbox: Sendable {
  private let notices = Mutex<[Notice]>([])

  func take() -> [Notice] {
    notices.withLock { notices in
      defer { notices = [] }
      return notices
    }
  }

  /// The inbox must outlive the connection; ``ConnectionHandle`` holds both.
  func attach(to connection: OpaquePointer) {
    let receive: PQnoticeReceiver = { argument, result in
      guard let argument, let result else { return }
      let inbox = Unmanaged<NoticeInbox>.fromOpaque(argument).takeUnretainedValue()
      let notice = Notice(
        severity: ResultFields.severity(of: result), message: ResultFields.message(of: result),
        sqlState: ResultFields.sqlState(of: result) ?? "", routine: ResultFields.routine(of: result))
      inbox.notices.withLock { $0.append(notice) }
    }
    PQsetNoticeReceiver(connection, receive, Unmanaged.passUnretained(self).toOpaque())
  }
}
