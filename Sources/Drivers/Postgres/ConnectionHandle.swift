internal import CLibPQ

/// Owns a `PGconn` and makes the calls on it; closes it when it goes away.
///
/// None of the calls blocks: the connection is in libpq's non-blocking mode from before its first byte. Its owner, an actor, sees to
/// it that they come one at a time.
struct ConnectionHandle: ~Copyable {
  enum Poll {
    case reading
    case writing
    case done
    case failed
  }

  private let connection: OpaquePointer
  let inbox = NoticeInbox()

  /// Begins to connect. Nil when libpq had no memory.
  init?(parameters: [(keyword: String, value: String)]) {
    var keywords: [UnsafePointer<CChar>?] = []
    var values: [UnsafePointer<CChar>?] = []
    var owned: [UnsafeMutablePointer<CChar>] = []
    defer { for pointer in owned { pointer.deallocate() } }
    for (keyword, value) in parameters {
      for (text, list) in [(keyword, true), (value, false)] {
        let copy = Self.cString(text)
        owned.append(copy)
        if list { keywords.append(UnsafePointer(copy)) } else { values.append(UnsafePointer(copy)) }
      }
    }
    keywords.append(nil)
    values.append(nil)
    guard let connection = PQconnectStartParams(keywords, values, 0) else { return nil }
    self.connection = connection
    inbox.attach(to: connection)
  }

  deinit { PQfinish(connection) }

  private static func cString(_ text: String) -> UnsafeMutablePointer<CChar> {
    let bytes = text.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { copy.initialize(from: start, count: bytes.count) }
    }
    return copy
  }

  var isBad: Bool { PQstatus(connection) == CONNECTION_BAD }
  var socket: Int32 { PQsocket(connection) }
  var errorMessage: String { PQerrorMessage(connection).map { String(cString: $0).trimmedLines } ?? "" }
  /// True when the server holds no transaction of this connection and awaits a command.
  var isIdle: Bool { !isBad && PQtransactionStatus(connection) == PQTRANS_IDLE }

  var isInTransaction: Bool { !isBad && PQtransactionStatus(connection) == PQTRANS_INTRANS }

  func pollConnect() -> Poll {
    switch PQconnectPoll(connection) {
    case PGRES_POLLING_READING: .reading
    case PGRES_POLLING_WRITING: .writing
    case PGRES_POLLING_OK: .done
    default: .failed
    }
  }

  func setNonBlocking() -> Bool { PQsetnonblocking(connection, 1) == 0 }

  // MARK: Sending

  /// Idempotent.
  func enterPipeline() -> Bool { PQpipelineStatus(connection) != PQ_PIPELINE_OFF || PQenterPipelineMode(connection) == 1 }
  func exitPipeline() -> Bool { PQpipelineStatus(connection) == PQ_PIPELINE_OFF || PQexitPipelineMode(connection) == 1 }
  func sync() -> Bool { PQpipelineSync(connection) == 1 }

  /// Sends text that may hold several statements; only outside the pipeline.
  func send(script: String) -> Bool { PQsendQuery(connection, script) == 1 }

  func prepare(_ name: String, _ text: String, types: [UInt32]) -> Bool {
    PQsendPrepare(connection, name, text, Int32(clamping: types.count), types) == 1
  }

  func execute(prepared name: String, _ binds: BindBuffer) -> Bool {
    binds.withPointers { values, lengths, formats in
      PQsendQueryPrepared(connection, name, Int32(clamping: binds.count), values, lengths, formats, Self.binary) == 1
    }
  }

  func execute(unprepared text: String) -> Bool {
    PQsendQueryParams(connection, text, 0, nil, nil, nil, nil, Self.binary) == 1
  }

  /// The result format that asks for binary values.
  private static let binary: Int32 = 1

  // MARK: Receiving

  /// True when bytes are left that the socket didn't take yet.
  func flush() -> Bool { PQflush(connection) == 1 }

  /// Takes what has arrived. False when the connection is broken; what arrived before that can still be read.
  func consume() -> Bool { PQconsumeInput(connection) == 1 }

  /// True when the next result hasn't arrived wholly.
  var isBusy: Bool { PQisBusy(connection) == 1 }

  /// The next result, or nil for the end of one statement's results.
  func nextResult(operation: @autoclosure () -> String) -> ServerResult? {
    guard let result = PQgetResult(connection) else { return nil }
    switch PQresultStatus(result) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      return .rows(Rows(storage: ResultStorage(result)))
    case PGRES_PIPELINE_SYNC:
      PQclear(result)
      return .sync
    case PGRES_PIPELINE_ABORTED:
      PQclear(result)
      return .skipped
    case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
      defer { PQclear(result) }
      return .failed(ResultFields.error(of: result, operation: operation()))
    default:
      PQclear(result)
      return .unsupported
    }
  }

  func nextNotification() -> Notification? {
    guard let notify = PQnotifies(connection) else { return nil }
    defer { PQfreemem(notify) }
    return Notification(channel: String(cString: notify.pointee.relname), payload: String(cString: notify.pointee.extra))
  }
}
