import Kernel
import Postgres
import TestSupport
import Testing

@Suite("values to the server and back")
struct CodecTests {
  /// What the server makes of the value when it is cast to a type.
  private func roundTrip<T: PostgresEncodable & PostgresDecodable & Equatable>(
    _ values: [T], as type: String, _ database: Database
  ) async throws {
    for value in values {
      let back: T = try await database.value("SELECT \(value)::\(unsafe: type) AS value")
      #expect(back == value)
    }
  }

  @Test("integers at their ends")
  func integers() async throws {
    try await withEmptyDatabase { database, _ in
      try await roundTrip([Int64.min, -1, 0, 1, .max], as: "bigint", database)
      try await roundTrip([Int.min, 0, .max], as: "bigint", database)
      try await roundTrip([Int32.min, 0, .max], as: "integer", database)
      try await roundTrip([Int16.min, 0, .max], as: "smallint", database)
      try await roundTrip([true, false], as: "boolean", database)
      try await roundTrip([0.0, -1.5, .infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude], as: "float8", database)
    }
  }

  @Test("a whole numeric is read as an integer, anything else of it is not")
  func numerics() async throws {
    try await withEmptyDatabase { database, _ in
      for (text, expected) in [
        ("0", 0), ("1", 1), ("-1", -1), ("9999", 9999), ("10000", 10_000), ("100000000", 100_000_000), ("120000", 120_000),
        ("9223372036854775807", Int64.max), ("-9223372036854775808", .min), ("5.000", 5),
        ("1230000000000000000", 1_230_000_000_000_000_000),
      ] as [(String, Int64)] {
        #expect(try await database.value("SELECT \(text)::numeric AS value") == expected, "\(text)")
      }
      for text in ["0.5", "9223372036854775808", "-9223372036854775809", "NaN", "Infinity", "1e40", "0.00001"] {
        let error = try await postgresError { _ = try await database.value("SELECT \(text)::numeric AS value", as: Int64.self) }
        #expect(error.kind == .decoding, "\(text)")
      }
      #expect(try await database.value("SELECT sum(x) AS value FROM (VALUES (\(Int64(1))), (2)) AS t (x)", as: Int64.self) == 3)
    }
  }

  @Test("text of every plane, empty, long, and in types that the driver doesn't know")
  func texts() async throws {
    try await withEmptyDatabase { database, _ in
      try await roundTrip(
        ["", "plain", "quote ' and \" and \\", "žluťoučký 🐎 漢字", String(repeating: "x", count: 1_000_000)], as: "text", database)
      try await database.run("CREATE TYPE mood AS ENUM ('sad', 'happy')")
      #expect(try await database.value("SELECT \("happy")::mood AS value") == "happy")
      #expect(try await database.value("SELECT \("x")::varchar AS value") == "x")
      #expect(try await database.value("SELECT host(\("10.0.0.1")::inet) AS value") == "10.0.0.1")
      let json: JSONText = try await database.value("SELECT \(JSONText("{\"a\": [1, 2]}")) AS value")
      #expect(json.text == "{\"a\": [1, 2]}")
      #expect(try await database.value("SELECT \(JSONText("[1]"))::json AS value", as: JSONText.self).text == "[1]")
      #expect(try await database.value("SELECT \(JSONText("[1]")) AS value", as: String.self) == "[1]")
      #expect(try await database.value("SELECT \(try #require(BrandCode("acme")))::text AS value") == BrandCode("acme"))
    }
  }

  @Test("text with a NUL character is refused before anything is sent, and the transaction goes on")
  func nul() async throws {
    try await withEmptyDatabase { database, _ in
      try await database.withPlatform { transaction in
        let error = try await postgresError { _ = try await transaction.query("SELECT \("a\u{0}b") AS value") }
        #expect(error.kind == .misuse)
        #expect(error.sqlState == .characterNotInRepertoire)
        let row = try #require(await transaction.query("SELECT 1::bigint AS value").first)
        #expect(try row.get("value", as: Int64.self) == 1)
      }
    }
  }

  @Test("bytes, also none and every one")
  func bytes() async throws {
    try await withEmptyDatabase { database, _ in
      try await roundTrip([[], [0], Array(0...255), [UInt8](repeating: 0xFF, count: 100_000)], as: "bytea", database)
    }
  }

  @Test("moments to the microsecond, before 1970 and beyond 9999")
  func timestamps() async throws {
    try await withEmptyDatabase { database, _ in
      let moments: [Int64] = [0, 1, -1, 946_684_800_000_000, 1_763_697_600_123_456, 253_402_300_800_000_000, -62_135_596_800_000_000]
      try await roundTrip(moments.map { Timestamp(microseconds: $0) }, as: "timestamptz", database)
      #expect(
        try await database.value("SELECT '2026-11-21T03:40:00.123456Z'::timestamptz AS value")
          == Timestamp(microseconds: 1_795_232_400_123_456))
      let infinity = try await postgresError { _ = try await database.value("SELECT 'infinity'::timestamptz AS value", as: Timestamp.self) }
      #expect(infinity.kind == .decoding)
      let tooEarly = try await postgresError {
        _ = try await database.value("SELECT \(Timestamp(microseconds: .min)) AS value", as: Timestamp.self)
      }
      #expect(tooEarly.kind == .misuse)
    }
  }

  @Test("identities, and no brand or player of zero")
  func identities() async throws {
    try await withEmptyDatabase { database, _ in
      try await roundTrip([UUIDv7.next(), try #require(UUIDv7(bytes: [UInt8](repeating: 0xFF, count: 16)))], as: "uuid", database)
      let id = UUIDv7.next()
      #expect(try await database.value("SELECT \(id)::text AS value") == id.description)
      try await roundTrip([try brand(1), try brand(.max)], as: "bigint", database)
      try await roundTrip([try #require(PlayerID(42))], as: "bigint", database)
      let zero = try await postgresError { _ = try await database.value("SELECT 0::bigint AS value", as: BrandID.self) }
      #expect(zero.kind == .decoding)
    }
  }

  @Test("NULL of every kind, in both directions")
  func nulls() async throws {
    try await withEmptyDatabase { database, _ in
      try await database.withPlatform { transaction in
        let (number, text, bytes, moment): (Int64?, String?, [UInt8]?, Timestamp?) = (nil, nil, nil, nil)
        let row = try #require(
          await transaction.query(
            "SELECT \(number)::bigint a, \(text)::text b, \(bytes)::bytea c, \(moment)::timestamptz d, \([Int64]?.none) e"
          ).first)
        #expect(try row.getOptional("a", as: Int64.self) == nil)
        #expect(try row.getOptional("b", as: String.self) == nil)
        #expect(try row.getOptional("c", as: [UInt8].self) == nil)
        #expect(try row.getOptional("d", as: Timestamp.self) == nil)
        #expect(try row.getOptional("e", as: [Int64].self) == nil)
        let error = try await postgresError { _ = try row.get("a", as: Int64.self) }
        #expect(error.kind == .decoding)
        #expect(error.message == "column a is NULL")
      }
    }
  }

  @Test("arrays of every element type, empty, and with NULL inside")
  func arrays() async throws {
    try await withEmptyDatabase { database, _ in
      try await roundTrip([[], [Int64.min, 0, .max]], as: "bigint[]", database)
      try await roundTrip([[], ["", "a,b", "{}", "\"", "漢"]], as: "text[]", database)
      try await roundTrip([[], [[], [0, 255]]] as [[[UInt8]]], as: "bytea[]", database)
      try await roundTrip([[true, false]], as: "boolean[]", database)
      try await roundTrip([[UUIDv7.next(), .next()]], as: "uuid[]", database)
      try await roundTrip([[Timestamp(seconds: 1), Timestamp(seconds: 2)]], as: "timestamptz[]", database)
      try await roundTrip([[try brand(1), try brand(2)]], as: "bigint[]", database)
      try await roundTrip([[1, nil, 3]] as [[Int64?]], as: "bigint[]", database)
      try await roundTrip([["a", nil]] as [[String?]], as: "text[]", database)
      try await roundTrip([Array(0..<100_000).map { Int64($0) }], as: "bigint[]", database)
      let error = try await postgresError { _ = try await database.value("SELECT ARRAY[1, NULL]::bigint[] AS value", as: [Int64].self) }
      #expect(error.kind == .decoding)
    }
  }

  @Test("arrays unnest to rows, as a batch needs them")
  func unnest() async throws {
    try await withEmptyDatabase { database, _ in
      try await database.withPlatform { transaction in
        let rows = try await transaction.query(
          "SELECT * FROM unnest(\([Int64(1), 2]), \(["a", "b"]), \([[1], [2, 3]] as [[UInt8]])) AS t (id, name, payload) ORDER BY id")
        #expect(try rows.map { try $0.get("name", as: String.self) } == ["a", "b"])
        #expect(try rows.map { try $0.get("payload", as: [UInt8].self) } == [[1], [2, 3]])
      }
    }
  }

  @Test("a column of another type, out of range or unknown is an error that names it")
  func wrongColumns() async throws {
    try await withEmptyDatabase { database, _ in
      try await database.withPlatform { transaction in
        let row = try #require(await transaction.query("SELECT 70000::bigint AS a, 'x'::text AS b").first)
        for problem in [
          try await postgresError { _ = try row.get("a", as: Int16.self) },
          try await postgresError { _ = try row.get("a", as: String.self) },
          try await postgresError { _ = try row.get("b", as: Int64.self) },
          try await postgresError { _ = try row.get("c", as: Int64.self) },
        ] {
          #expect(problem.kind == .decoding)
          #expect(problem.message.hasPrefix("column "))
        }
        #expect(try row.get("a", as: Int32.self) == 70_000)
      }
    }
  }
}
