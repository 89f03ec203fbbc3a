import Kernel
import Testing

@testable import Postgres

@Suite("SQL with values")
struct SQLTests {
  @Test("a value becomes a place and a bind, never text")
  func values() {
    let hostile = "'; DROP TABLE player; --"
    let sql: SQL = "SELECT a FROM t WHERE b = \(hostile) AND c = \(Int64(7))"
    #expect(sql.text == "SELECT a FROM t WHERE b = $1 AND c = $2")
    #expect(sql.binds == [.text(hostile), Int64(7).postgresBind])
  }

  @Test("places count upwards in reading order, also beyond nine")
  func manyValues() {
    let sql: SQL = "\(1), \(2), \(3), \(4), \(5), \(6), \(7), \(8), \(9), \(10), \(11)"
    #expect(sql.text == "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11")
    #expect(sql.binds.count == 11)
  }

  @Test("a fragment keeps its values and is renumbered")
  func fragments() {
    let filter: SQL = "x = \(1) OR y = \(2)"
    let sql: SQL = "SELECT \(0) WHERE (\(filter)) AND z = \(3)"
    #expect(sql.text == "SELECT $1 WHERE (x = $2 OR y = $3) AND z = $4")
    #expect(sql.binds == [0, 1, 2, 3].map { (value: Int) in value.postgresBind })
  }

  @Test("a fragment without values is only text")
  func plainFragment() {
    let order: SQL = "ORDER BY id"
    let sql: SQL = "SELECT \(1) \(order) LIMIT \(2)"
    #expect(sql.text == "SELECT $1 ORDER BY id LIMIT $2")
  }

  @Test("an identifier from code is quoted, its quotes doubled")
  func identifiers() {
    #expect(SQL.quotedIdentifier("player") == "\"player\"")
    #expect(SQL.quotedIdentifier("a\"b") == "\"a\"\"b\"")
    let sql: SQL = "SELECT * FROM \(unsafe: SQL.quotedIdentifier("Weird \" name")) WHERE a = \(1)"
    #expect(sql.text == "SELECT * FROM \"Weird \"\" name\" WHERE a = $1")
  }

  @Test("nil is NULL of its type")
  func null() {
    let nothing: Int64? = nil
    let sql: SQL = "\(nothing)"
    #expect(sql.binds == [.null(.int8)])
  }

  @Test("text with a NUL character is refused instead of being cut off there")
  func nul() {
    let bind = "a\u{0}b".postgresBind
    #expect(bind.content == .refused("text holds a NUL character"))
    #expect(throws: PostgresError.self) { try BindBuffer([bind]) }
  }

  @Test("the summary shows the statement's head on one line, without values")
  func summary() {
    let sql: SQL = "SELECT\n  secret\nFROM t WHERE b = \("hunter2")"
    #expect(sql.description == "SELECT secret FROM t WHERE b = $1")
  }
}
