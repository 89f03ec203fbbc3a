internal import Logging

/// The notifications of one channel, over a connection of its own.
///
/// Work is done only while somebody awaits the next event; ends when the task is cancelled or the database is closed.
package struct NotificationStream: AsyncSequence, Sendable {
  package typealias Failure = Never

  let channel: String
  let configuration: DatabaseConfiguration
  let logger: Logger
  let isClosed: @Sendable () -> Bool

  package func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

  package struct Iterator: AsyncIteratorProtocol {
    private let stream: NotificationStream
    private var connection: Connection?
    private var failures = 0
    private var lastProof = ContinuousClock.now

    init(stream: NotificationStream) { self.stream = stream }

    package mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> NotificationEvent? {
      while !Task.isCancelled, !stream.isClosed() {
        guard let connection else {
          if let event = await connect() { return event }
          continue
        }
        do throws(PostgresError) {
          if let notification = try await connection.notification(until: .now + Self.slice) {
            lastProof = .now
            return .notification(notification)
          }
          try await prove(connection)
        } catch {
          await connection.close()
          self.connection = nil
          if !Task.isCancelled { return .interrupted(error) }
        }
      }
      if let connection { await connection.close() }
      connection = nil
      return nil
    }

    /// How long one wait lasts at most, so that the closing of the database is noticed.
    private static let slice: Duration = .seconds(1)
    /// A silent connection is asked this often whether it still lives.
    private static let proofInterval: Duration = .seconds(15)

    private mutating func prove(_ connection: Connection) async throws(PostgresError) {
      guard lastProof + Self.proofInterval <= .now else { return }
      try await connection.command("SELECT 1", until: .now + stream.configuration.connectTimeout)
      lastProof = .now
    }

    /// Milliseconds before each further attempt to connect.
    private static let pauses = [50, 100, 200, 400, 800, 1600]

    /// Nil when it failed; the next call tries again after a pause.
    private mutating func connect() async -> NotificationEvent? {
      let deadline = ContinuousClock.now + stream.configuration.connectTimeout
      do throws(PostgresError) {
        let connection = try await Connection.open(stream.configuration, until: deadline, logger: stream.logger)
        try await connection.command("LISTEN \(unsafe: SQL.quotedIdentifier(stream.channel))", until: deadline)
        self.connection = connection
        failures = 0
        lastProof = .now
        return .listening
      } catch {
        failures += 1
        stream.logger.debug("can't listen", metadata: ["channel": "\(stream.channel)", "error": "\(error)"])
        try? await Task.sleep(for: .milliseconds(Self.pauses[Swift.min(failures, Self.pauses.count) - 1]))
        return nil
      }
    }
  }
}
