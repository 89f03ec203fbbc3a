import Redis
import Testing

@Suite("Redis URLs")
struct RedisURLTests {
  @Test(
    "A URL names the server, the user, the password and the database",
    arguments: [
      ("redis://localhost:6381", "localhost:6381, database 0", nil, nil),
      ("redis://cache", "cache:6379, database 0", nil, nil),
      ("redis://:secret@10.0.0.7:7000/3", "10.0.0.7:7000, database 3", nil, "secret"),
      ("REDIS://app:p%40ss%2Fw%25@[::1]:6380/15", "[::1]:6380, database 15", "app", "p@ss/w%"),
      ("redis://app:a@b:c@host/1", "host:6379, database 1", "app", "a@b:c"),
      ("unix:///run/redis.sock", "/run/redis.sock, database 0", nil, nil),
      ("unix://:x@/run/redis%20one.sock?db=4", "/run/redis one.sock, database 4", nil, "x"),
    ] as [(String, String, String?, String?)])
  func accepted(url: String, description: String, username: String?, password: String?) throws {
    let configuration = try RedisConfiguration(url: url)
    #expect("\(configuration)" == description)
    #expect(configuration.username == username)
    #expect(configuration.password == password)
  }

  @Test(
    "A URL that can't be meant is refused, and the sentence doesn't repeat the password",
    arguments: [
      "localhost:6379", "http://localhost", "rediss://:hunter2@host:6379", "redis://", "redis://:hunter2@", "redis://hunter2@host",
      "redis://host:0", "redis://host:65536", "redis://host:port", "redis://host/one", "redis://:hunter2%2@host",
      "redis://:hunter2%ff@host",
      "redis://[::1", "unix://relative.sock", "unix:///s?database=1", "unix:///" + String(repeating: "x", count: 107),
    ])
  func refused(url: String) {
    let error = #expect(throws: RedisError.self) { try RedisConfiguration(url: url) }
    #expect(error?.kind == .misconfigured)
    #expect(error?.message.contains("hunter2") == false)
  }

  @Test("TLS is refused by name, never silently connected to in clear")
  func tls() {
    let error = #expect(throws: RedisError.self) { try RedisConfiguration(url: "rediss://host:6379") }
    #expect(error?.message.contains("TLS") == true)
  }
}
