import Composition
import Foundation
import Kernel
import Logging
import Redis
import TestSupport
import Testing

/// What tests do to a stack, and what must hold of it afterwards.
extension RunningStack {
  /// Redis forgets everything.
  func flushRedis() async throws {
    let client = RedisClient(try RedisConfiguration(url: redis.url), logger: Logger(label: "test.redis") { _ in SwiftLogNoOpLogHandler() })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await client.run() }
      _ = try await client.send(["FLUSHALL"])
      await client.close()
      group.cancelAll()
    }
  }

  /// - Returns: the program's exit status.
  func rebuildBindings() async throws -> Int32 {
    try await CordonProgram(environment: ["CORDON_ENV": "local"]).run("brand", "bindings", "rebuild", "--config", configurationFile).status
  }

  /// Every event gets into the stream, and every role is ready again.
  func expectRecovered() async throws {
    try await eventually("every event is published", within: .seconds(60), every: .milliseconds(200)) {
      try await psql("SELECT count(*) FROM wallet.wallet_outbox WHERE published_at IS NULL") == "0"
    }
    for role in Self.roles {
      try await eventually("\(role) is ready again") { try await client.send("GET", "/ready", at: url(role)).status == 200 }
    }
  }
}
