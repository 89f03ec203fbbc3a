/// Redis for a test.
package enum TestRedis {
  /// A server of the test's own: it starts in some 20 ms, and pub/sub and key invalidation have no other isolation.
  package static func lease<Value>(_ body: (TestRedisServer) async throws -> Value) async throws -> Value {
    let server = try await TestRedisServer.start()
    do {
      let value = try await body(server)
      await server.stop()
      return value
    } catch {
      await server.stop()
      throw error
    }
  }
}
