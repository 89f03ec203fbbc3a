internal import TestSupport

/// A migrated database looked at as its roles see it, through `psql`: the driver's own walls are not in the way.
struct SchemaProbe {
  enum Role: String, CaseIterable {
    case superuser = "none"
    case owner = "cordon_owner"
    case app = "cordon_app"
    case audit = "cordon_audit"
    case backup = "cordon_backup"
    case detector = "cordon_detector"
  }

  /// What the transaction's `app.brand_id` is.
  enum Brand: Hashable {
    case id(Int)
    /// Set to text that names no brand.
    case text(String)
    /// Never set in the session.
    case unset
    /// Set in an earlier transaction of the session: PostgreSQL leaves '' behind.
    case leftOver

    var statement: String {
      switch self {
      case .id(let id): "SET LOCAL app.brand_id = '\(id)';"
      case .text(let text): "SET LOCAL app.brand_id = '\(text)';"
      case .unset, .leftOver: ""
      }
    }
  }

  let database: TestDatabase

  /// A migrated database for as long as `body` runs, able to answer ``answers(to:as:brand:settings:)``.
  static func run(_ body: (SchemaProbe) async throws -> Void) async throws {
    try await TestDatabase.lease { database in
      try await database.psql(answerFunction)
      try await body(SchemaProbe(database: database))
    }
  }

  /// Rows as `a|b` lines.
  func rows(_ sql: String, as role: Role = .superuser, brand: Brand = .unset) async throws -> [String] {
    let earlier = brand == .leftOver ? "BEGIN; SET LOCAL app.brand_id = '1'; COMMIT;" : ""
    let output = try await database.psql("\(earlier) BEGIN; SET LOCAL ROLE \(role.rawValue); \(brand.statement) \(sql); COMMIT;")
    return output.split(separator: "\n").map(String.init)
  }

  func value(_ sql: String, as role: Role = .superuser, brand: Brand = .unset) async throws -> String {
    try await rows(sql, as: role, brand: brand).joined(separator: "\n")
  }

  /// What the database says to one statement: `accepted <rows>`, or `<SQLSTATE> <message>`. What was accepted stays done.
  func answer(to sql: String, as role: Role, brand: Brand = .unset, settings: String = "") async throws -> String {
    try await answers(to: [sql], as: role, brand: brand, settings: settings)[0]
  }

  /// ``answer(to:as:brand:settings:)`` for many statements in one session. Each is on its own: one that is refused leaves no trace.
  func answers(to statements: [String], as role: Role, brand: Brand = .unset, settings: String = "") async throws -> [String] {
    try await rows("\(settings) \(Self.questions(statements))", as: role, brand: brand)
  }

  /// The same through `cordon_app`'s own login: after SET ROLE a superuser's session keeps the power to set it back.
  func answersToLogin(_ statements: [String]) async throws -> [String] {
    try await Psql.run(Self.questions(statements), at: database.url).split(separator: "\n").map(String.init)
  }

  private static func questions(_ statements: [String]) -> String {
    statements.map { "SELECT public.answer($question$\($0)$question$)" }.joined(separator: ";\n")
  }

  /// The inventory as `schema.table`, in its order.
  func brandScopedTables() async throws -> [String] {
    try await rows("SELECT schema_name || '.' || table_name FROM cordon.v_brand_scoped_table")
  }

  private static let answerFunction = """
    CREATE FUNCTION public.answer(statement text) RETURNS text LANGUAGE plpgsql AS $body$
    DECLARE
      touched bigint;
    BEGIN
      EXECUTE statement;
      GET DIAGNOSTICS touched = ROW_COUNT;
      RETURN 'accepted ' || touched;
    EXCEPTION WHEN OTHERS THEN
      RETURN SQLSTATE || ' ' || SQLERRM;
    END
    $body$;
    """
}
