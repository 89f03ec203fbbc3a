import HTTPTypes
import Kernel
import Testing

@testable import Platform

@Suite("Routes")
struct RoutingTests {
  private let player = [("x-brand-id", "1"), ("x-player-id", "7")]

  @Test(
    "what isn't declared is 404",
    arguments: [
      "/", "/nothing", "/v1/notes/", "//v1/notes", "/v1/notes/1/2", "/V1/notes", "/v1/%6eotes", "/v1/../health", "/v1/notes/%2e%2e",
    ])
  func unknown(path: String) async throws {
    try await ServedRole.serving { role in
      let connection = try RawConnection(port: role.port)
      connection.send("GET \(path) HTTP/1.1\r\nHost: a\r\nX-Brand-Id: 1\r\nConnection: close\r\n\r\n")
      let answer = try await connection.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 404 "))
      #expect(answer.contains("\"reason\":\"not_found\""))
    }
  }

  @Test("another method is 405 and Allow lists the right ones", arguments: ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"])
  func method(name: String) async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send(name, "/v1/notes")
      #expect(answer.status == 405)
      #expect(answer.reason == "method_not_allowed")
      #expect(answer.header("allow") == "GET, HEAD, POST")
      #expect(try await role.send(name, "/v1/notes/5").header("allow") == "GET, HEAD")
    }
  }

  @Test("HEAD is GET without the body")
  func head() async throws {
    try await ServedRole.serving { role in
      let get = try await role.send("GET", "/v1/notes/5", headers: player)
      let head = try await role.send("HEAD", "/v1/notes/5", headers: player)
      #expect(get.status == 200)
      #expect(head.status == 200)
      #expect(head.body.isEmpty)
      #expect(head.header("content-length") == String(get.body.count))
    }
  }

  @Test("path and query values arrive decoded and checked")
  func arguments() async throws {
    try await ServedRole.serving { role in
      let note: ExampleRoutes.Note = try await role.send("GET", "/v1/notes/5", headers: player).decoded()
      #expect(note.id == 5)
      let three: ExampleRoutes.NoteList = try await role.send("GET", "/v1/notes?limit=3", headers: player).decoded()
      #expect(three.data.count == 3)
      let page: ExampleRoutes.NoteList = try await role.send("GET", "/v1/notes", headers: player).decoded()
      #expect(page.data.count == 10)
      for id in ["0", "-1", "abc", "1e3", "007", "99999999999999999999", "%00"] {
        #expect(try await role.send("GET", "/v1/notes/\(id)", headers: player).status == 404, "\(id)")
      }
    }
  }

  @Test(
    "a query that isn't the declared one is 400",
    arguments: [
      ("limit=0", "invalid_field", "/query/limit"), ("limit=101", "invalid_field", "/query/limit"),
      ("limit=x", "invalid_field", "/query/limit"),
      ("limit=1&limit=2", "invalid_field", "/query/limit"), ("limt=5", "unknown_field", "/query/limt"),
      ("a%00=1", "invalid_field", "/query"),
    ])
  func query(query: String, reason: String, pointer: String) async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("GET", "/v1/notes?\(query)", headers: player)
      #expect(answer.status == 400)
      let problem = try answer.decoded(ProblemBody.self)
      #expect(problem.reason == reason)
      #expect(problem.errors.map(\.pointer).contains(pointer), "\(answer.text)")
    }
  }

  @Test("a query that isn't percent-encoded text is a fault", arguments: ["limit=%zz", "limit=%", "%ff=1", "a=%0a"])
  func encoding(query: String) throws {
    let problem = try #require(throws: Problem.self) { try ArgumentRules.arguments(of: [], path: [:], query: query[...], headers: [:]) }
    #expect(problem.reason == .invalidField)
  }

  @Test("the guard decides before parameters and body are looked at")
  func guardFirst() async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("POST", "/v1/notes", headers: [("content-type", "text/plain")], body: Array("junk".utf8))
      let problem = try answer.decoded(ProblemBody.self)
      #expect(problem.reason == "brand_required")
      #expect(problem.detail == "Brand context required for /v1/notes")
      #expect(problem.legacyStatus == 54)
    }
  }
}
