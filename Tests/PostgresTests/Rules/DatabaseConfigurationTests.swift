import Testing

@testable import Postgres

@Suite("database URLs")
struct DatabaseConfigurationTests {
  private func parameters(_ url: String) async throws -> [String: String] {
    let all = try await DatabaseConfiguration(url: url).resolvedParameters()
    return Dictionary(all.map { ($0.keyword, $0.value) }) { _, last in last }
  }

  @Test("user, password, host, port, database and query")
  func plain() async throws {
    let parsed = try await parameters("postgres://anna:p%40ss@127.0.0.1:6000/money?sslmode=require")
    #expect(parsed["user"] == "anna")
    #expect(parsed["password"] == "p@ss")
    #expect(parsed["host"] == "127.0.0.1")
    #expect(parsed["hostaddr"] == "127.0.0.1")
    #expect(parsed["port"] == "6000")
    #expect(parsed["dbname"] == "money")
    #expect(parsed["sslmode"] == "require")
  }

  @Test(
    "a percent-encoded directory is a unix socket",
    arguments: [
      "postgresql://u@%2Frun%2Fpg/money", "postgresql://u@/money?host=%2Frun%2Fpg&port=5433",
    ])
  func unixSocket(url: String) async throws {
    let parsed = try await parameters(url)
    #expect(parsed["host"] == "/run/pg")
    #expect(parsed["hostaddr"] == "")
  }

  @Test("a driver suffix of SQLAlchemy is tolerated")
  func driverSuffix() async throws {
    #expect(try await parameters("postgresql+psycopg://u@127.0.0.1/money")["dbname"] == "money")
  }

  @Test("several hosts stay several, each with its port")
  func severalHosts() async throws {
    let parsed = try await parameters("postgres://u@127.0.0.1:5001,127.0.0.2:5002/money?target_session_attrs=read-write")
    #expect(parsed["hostaddr"] == "127.0.0.1,127.0.0.2")
    #expect(parsed["port"] == "5001,5002")
    #expect(parsed["target_session_attrs"] == "read-write")
  }

  @Test("a name is looked up before libpq would block on it")
  func lookUp() async throws {
    let parsed = try await parameters("postgres://u@localhost/money")
    let addresses = try #require(parsed["hostaddr"]).split(separator: ",")
    #expect(!addresses.isEmpty)
    #expect(addresses.allSatisfy { $0 == "127.0.0.1" || $0 == "::1" })
    #expect(parsed["host"]?.split(separator: ",").count == addresses.count)
  }

  @Test("an unknown name is unreachable")
  func unknownName() async throws {
    let error = try await postgresError { _ = try await parameters("postgres://u@no-such-host.invalid/money") }
    #expect(error.kind == .unreachable)
  }

  @Test("the session's settings win over those of the URL")
  func sessionSettings() async throws {
    let options = try #require(try await parameters("postgres://u@127.0.0.1/money?options=-c%20search_path%3Devil")["options"])
    let positions = options.ranges(of: "search_path=").map(\.lowerBound)
    #expect(positions.count == 2)
    #expect(options[try #require(positions.last)...].hasPrefix("search_path=cordon"))
  }

  @Test("PostgreSQL's own programs get the URL as environment, also that of another database of the server")
  func programs() throws {
    let configuration = try DatabaseConfiguration(url: "postgres://u:ge%40heim@h:5433/money?sslmode=require")
    let expected = [
      "PGHOST": "h", "PGPORT": "5433", "PGUSER": "u", "PGPASSWORD": "ge@heim", "PGDATABASE": "money", "PGSSLMODE": "require",
      "PGAPPNAME": "cordon",
    ]
    #expect(configuration.programEnvironment == expected)
    let other = configuration.naming(database: "restored")
    #expect(other.programEnvironment == expected.merging(["PGDATABASE": "restored"]) { $1 })
    #expect(other.description == "h:5433/restored")
  }

  @Test(
    "what isn't a database URL is refused without quoting it",
    arguments: [
      "", "mysql://u:geheim@h/d", "postgres://u:gehe/im@h:x/d", "postgres://u:geheim@h", "postgres:///geheim", "host=h password=geheim",
    ])
  func refused(url: String) throws {
    do throws(PostgresError) {
      _ = try DatabaseConfiguration(url: url)
      Issue.record("accepted \(url)")
    } catch {
      #expect(error.kind == .misuse)
      #expect(!error.message.contains("gehe"))
    }
  }
}
