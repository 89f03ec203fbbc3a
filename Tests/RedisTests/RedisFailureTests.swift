import Redis
import TestSupport
import Testing

@Suite("Redis failures", .timeLimit(.minutes(2)))
struct RedisFailureTests {
  @Test("A server that stands still: the deadline ends the wait, the connection is given up, and no reply reaches a later command")
  func stoppedServer() async throws {
    try await withRedis(configure: { $0.connectTimeout = .milliseconds(300) }) { server, client in
      server.pause()
      let clock = ContinuousClock()
      var first: RedisError.Kind?
      let elapsed = await clock.measure {
        first = await failureKind { try await client.send(["ECHO", "late"], deadline: .milliseconds(200)) }
      }
      #expect(first == .deadlineExceeded)
      #expect(elapsed >= .milliseconds(200) && elapsed < .seconds(10))
      try await eventually("the loss is noted") { client.status.unreachableSince != nil }
      server.resume()
      try await eventually("connected again") { client.status.connected }
      for number in 0..<20 {
        #expect(try await client.send(["ECHO", RedisArgument(number)]) == .string(Array("\(number)".utf8)))
      }
    }
  }

  @Test("An overdue command takes the others in flight with it: their fate is unknown")
  func overdueCommandEndsTheConnection() async throws {
    try await withRedis { server, client in
      server.pause()
      async let patient = failureKind { try await client.send(["INCR", "n"], deadline: .seconds(15)) }
      async let hasty = failureKind { try await client.send(["INCR", "n"], deadline: .milliseconds(300)) }
      #expect(await hasty == .deadlineExceeded)
      #expect(await patient == .connectionLost)
      server.resume()
    }
  }

  @Test("kill -9 and restart: commands fail fast meanwhile, and the client recovers by itself")
  func restart() async throws {
    try await withRedis { server, client in
      await server.crash()
      try await eventually("an attempt has failed") { await failureKind { try await client.ping() } == .unreachable }
      #expect(client.status.connected == false)
      #expect(client.status.unreachableSince != nil)
      let elapsed = await ContinuousClock().measure { #expect(await failureKind { try await client.ping() } == .unreachable) }
      #expect(elapsed < .seconds(10), "a command doesn't wait for a server that is known to be away")
      try await server.startAgain()
      try await eventually("connected again") { (try? await client.ping()) != nil }
      #expect(client.status == RedisStatus(connected: true, unreachableSince: nil, reason: nil))
    }
  }

  @Test("Between two attempts to connect a command fails at once, however long the pause")
  func failsFast() async throws {
    try await withRedis(configure: {
      ($0.reconnectPauseMin, $0.reconnectPauseMax) = (.seconds(60), .seconds(60))
    }) {
      server, client in
      // A connection that had just been made would not be made again at once.
      try await Task.sleep(for: .milliseconds(100))
      await server.crash()
      // Whether the attempt found nobody or a server that was just dying: the next one is half a minute away or more.
      try await eventually("an attempt has failed") { await failureKind { try await client.ping() } == .unreachable }
      let elapsed = await ContinuousClock().measure { #expect(await failureKind { try await client.ping() } == .unreachable) }
      #expect(elapsed < .seconds(10))
    }
  }

  @Test("A command is never sent twice: with the server killed again and again, no increment counts double")
  func neverResent() async throws {
    // What an increment that was answered did must be there; one of unknown fate counts at most once.
    try await withRedis(durable: true) { server, client in
      var (answered, unknown): (Int64, Int64) = (0, 0)
      for _ in 0..<3 {
        let outcomes = await withTaskGroup(of: RedisError.Kind?.self, returning: [RedisError.Kind?].self) { group in
          for _ in 0..<200 { group.addTask { await failureKind { try await client.increment("n") } } }
          try? await Task.sleep(for: .milliseconds(2))
          await server.crash()
          return await group.reduce(into: []) { $0.append($1) }
        }
        answered += Int64(outcomes.count { $0 == nil })
        unknown += Int64(outcomes.count { $0 == .connectionLost || $0 == .deadlineExceeded })
        try await server.startAgain()
        try await eventually("connected again") { (try? await client.ping()) != nil }
      }
      let value = try await client.increment("n", by: 0)
      #expect(value >= answered)
      #expect(value <= answered + unknown)
    }
  }

  @Test("A command that comes while the first attempt to connect is under way waits for it")
  func waitsForTheFirstAttempt() async throws {
    let server = try await TestRedisServer.start()
    let client = RedisClient(try patientConfiguration(server.url), logger: quietLogger)
    async let reply = client.send(["PING"])
    async let running: Void = client.run()
    #expect(try await reply == .status("PONG"))
    await client.close()
    await running
    await server.stop()
  }

  @Test("Without a running client a command ends by its deadline")
  func notRunning() async throws {
    let client = RedisClient(try RedisConfiguration(url: "unix:///nonexistent"), logger: quietLogger)
    #expect(await failureKind { try await client.send(["PING"], deadline: .milliseconds(100)) } == .deadlineExceeded)
  }

  @Test("A wrong password is told in the server's words, without the password")
  func wrongPassword() async throws {
    try await withRedis { server, administrator in
      try await administrator.send(["CONFIG", "SET", "requirepass", "right"])
      var configuration = try patientConfiguration(server.url)
      for (password, refusal) in [("wrong-one", "WRONGPASS"), (nil, "NOAUTH")] {
        configuration.password = password
        try await withClient(configuration) { client in
          try await eventually("the refusal is told") { client.status.reason?.contains(refusal) == true }
          #expect(await failureKind { try await client.ping() } == .unreachable)
          #expect(client.status.reason?.contains("wrong-one") == false)
        }
      }
      configuration.password = "right"
      try await withClient(configuration) { try await $0.ping() }
    }
  }

  @Test("AUTH with a user name: the user's rights apply")
  func userName() async throws {
    try await withRedis { server, client in
      try await client.send(["ACL", "SETUSER", "app", "on", ">pw", "~app:*", "+@all", "-client|setname"])
      var configuration = try patientConfiguration(server.url)
      (configuration.username, configuration.password) = ("app", "pw")
      try await withClient(configuration) { client in
        #expect(try await client.send(["ACL", "WHOAMI"]).text == "app")
        try await client.set("app:x", "1")
        let refusal = await #expect(throws: RedisError.self) { try await client.set("other", "1") }
        #expect(refusal?.serverCode == "NOPERM")
      }
    }
  }

  @Test("A server without memory refuses writes with OOM and still answers reads")
  func outOfMemory() async throws {
    try await withRedis { _, client in
      try await client.send(["CONFIG", "SET", "maxmemory", "2mb"])
      let value = RedisArgument([UInt8](repeating: 7, count: 256 * 1024))
      var refusal: RedisError?
      for number in 0..<64 where refusal == nil {
        do throws(RedisError) { try await client.set("k\(number)", value) } catch { refusal = error }
      }
      #expect(refusal?.serverCode == "OOM")
      let absent = try await client.exists("absent")
      #expect(!absent)
      #expect(client.status.connected)
    }
  }

  @Test("The queue is bounded: what is over the bound is refused and not sent")
  func bound() async throws {
    try await withRedis(configure: { $0.commandsUnderWayMax = 100 }) { server, client in
      server.pause()
      let kinds = await withTaskGroup(of: RedisError.Kind?.self, returning: [RedisError.Kind?].self) { group in
        for _ in 0..<150 { group.addTask { await failureKind { try await client.send(["INCR", "n"], deadline: .seconds(30)) } } }
        // Only a refusal can end a command while the server stands still.
        var kinds: [RedisError.Kind?] = []
        while kinds.count < 50, let kind = await group.next() { kinds.append(kind) }
        server.resume()
        return await group.reduce(into: kinds) { $0.append($1) }
      }
      #expect(kinds.count { $0 == .overloaded } == 50)
      #expect(kinds.count { $0 == nil } == 100)
      let executed = try await client.increment("n", by: 0)
      #expect(executed == 100)
      #expect(await failureKind { try await client.pipeline([[RedisArgument]](repeating: ["PING"], count: 101)) } == .overloaded)
      #expect(try await client.pipeline([[RedisArgument]](repeating: ["PING"], count: 100)).count == 100)
    }
  }

  @Test("close fails what is under way and everything after it")
  func close() async throws {
    try await withRedis { server, client in
      server.pause()
      defer { server.resume() }
      async let pending = failureKind { try await client.send(["PING"], deadline: .seconds(60)) }
      async let blocked = failureKind {
        try await client.streamReadGroup(["s"], group: "g", consumer: "c", count: 1, block: .seconds(60))
      }
      try await Task.sleep(for: .milliseconds(50))
      await client.close()
      #expect(await pending == .shuttingDown)
      #expect(await blocked == .shuttingDown)
      #expect(await failureKind { try await client.ping() } == .shuttingDown)
      #expect(client.status.connected == false)
    }
  }

  @Test("Cancelling run is closing: commands under way are told that the client shuts down")
  func cancelledRun() async throws {
    let server = try await TestRedisServer.start()
    let client = RedisClient(try patientConfiguration(server.url), logger: quietLogger)
    await withTaskGroup { group in
      group.addTask { await client.run() }
      try? await client.ping()
      server.pause()
      async let pending = failureKind { try await client.send(["PING"], deadline: .seconds(60)) }
      try? await Task.sleep(for: .milliseconds(50))
      group.cancelAll()
      #expect(await pending == .shuttingDown)
    }
    server.resume()
    await server.stop()
  }

  @Test("A cancelled task returns at once, and the replies of the others stay in order")
  func cancellation() async throws {
    try await withRedis { server, client in
      server.pause()
      let elapsed = await ContinuousClock().measure {
        await withTaskGroup(of: RedisError.Kind?.self) { group in
          group.addTask { await failureKind { try await client.send(["ECHO", "given up"]) } }
          try? await Task.sleep(for: .milliseconds(50))
          group.cancelAll()
          #expect(await group.next() == .cancelled)
        }
      }
      #expect(elapsed < .seconds(5))
      async let next = client.send(["ECHO", "kept"])
      server.resume()
      let kept = try await next
      #expect(kept.text == "kept")
      #expect(try await client.send(["ECHO", "after"]).text == "after")
    }
  }

  @Test("A reply that nobody asked for ends the connection; the next one is clean")
  func unaskedReply() async throws {
    try await withRedis { server, client in
      _ = try await client.send(["SUBSCRIBE", "channel"])
      try await withClient(patientConfiguration(server.url)) { _ = try await $0.publish("channel", "unasked") }
      try await eventually("a new connection") { (try? await client.send(["ECHO", "clean"]).text) == "clean" }
    }
  }
}
